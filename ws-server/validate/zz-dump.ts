import { readFileSync } from 'node:fs';
import * as Y from 'yjs';
import { Room, Client, settle } from './zz-lib.ts';
import { rendered } from './test-support.ts';
const steps = JSON.parse(readFileSync('/tmp/min.json','utf8'));
const room:any=new Room(); room.doc.clientID=999; room.clients.push(new Client(room, 2, true), new Client(room, 3, true), new Client(room, 1, false));
const orig=room.receive.bind(room); const log:any[]=[]; room.receive=(f:any,b:any)=>{log.push([f.doc.clientID,b]); orig(f,b);};
for (const e of steps) { room.clients[e.who]?.take(e);} settle(room);
const str=(i:any)=>i? i.client+':'+i.clock:'-';
for (const [c,b] of log){ const d=Y.decodeUpdate(b); console.log('from',c); for (const s of d.structs as any[]) console.log('  ',str(s.id),s.length,s.constructor.name,s.content?.constructor.name, s.content?.str??s.content?.type?.nodeName??s.content?.key??'', 'o',str(s.origin),'r',str(s.rightOrigin),'p',s.parent?.client!==undefined?str(s.parent):s.parent); for (const [cl,ds] of d.ds.clients) console.log('  ds',cl,JSON.stringify(ds)); }
const f=new Y.Doc({gc:false}); f.clientID=77; for (const [,b] of log) Y.applyUpdate(f,b); console.log('replay', JSON.stringify(rendered(f)));
const f2=new Y.Doc({gc:false}); Y.applyUpdate(f2, Y.mergeUpdates(log.map(l=>l[1]))); console.log('merged', JSON.stringify(rendered(f2)));
const f3=new Y.Doc({gc:false}); Y.applyUpdate(f3, Y.encodeStateAsUpdate(room.clients[2].doc)); console.log('author state', JSON.stringify(rendered(f3)));
const f4=new Y.Doc({gc:false}); Y.applyUpdate(f4, Y.encodeStateAsUpdate(room.doc)); console.log('server state', JSON.stringify(rendered(f4)));
const show=(doc:any)=>{ for (const [c,ss] of doc.store.clients) for (const s of ss) console.log('  ',str(s.id),s.length,s.constructor.name,s.content?.constructor.name, s.content?.str??s.content?.type?.nodeName??'', 'o',str(s.origin),'r',str(s.rightOrigin),'L',str(s.left?.id),'R',str(s.right?.id),s.deleted?'DEL':'', s.redone?'redone '+str(s.redone):'');};
console.log('author'); show(room.clients[2].doc); console.log('server'); show(room.doc);
