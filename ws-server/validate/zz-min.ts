import { readFileSync, writeFileSync } from 'node:fs';
import * as Y from 'yjs';
import { Room, Client, settle } from './zz-lib.ts';
import { rendered } from './test-support.ts';
const steps = JSON.parse(readFileSync('/tmp/case.json','utf8'));
function run(steps:any){ const room=new Room(); room.doc.clientID=999; room.clients.push(new Client(room, 2, true), new Client(room, 3, true), new Client(room, 1, false));
 try { for (const e of steps) room.clients[e.who]?.take(e); settle(room);} catch(e) { return {bad:false, room, err:e}; }
 const js=[...room.clients.map(c=>c.doc), room.doc].map(d=>JSON.stringify(rendered(d)));
 return {bad: js.some(j=>j!==js[0]), js, room}; }
console.log(run(steps).bad);
let cur=steps;
for (let size=Math.floor(cur.length/2); size>=1; ) { let changed=false;
 for (let i=0;i<cur.length;) { const t=[...cur.slice(0,i),...cur.slice(i+size)]; if (run(t).bad) {cur=t; changed=true;} else i+=size; }
 if (!changed) size=Math.floor(size/2); }
// simplify numbers
for (let i=0;i<cur.length;i++) for (const k of ['a','b','c']) for (let v=0; v<cur[i][k]; v++) { const t=cur.map((x:any,j:number)=>j===i?{...x,[k]:v}:x); if(run(t).bad){cur=t;break;} if(v>60)break; }
for (let i=0;i<cur.length;i++) for (const v of ['x','xy']) { const t=cur.map((x:any,j:number)=>j===i?{...x,text:v}:x); if(run(t).bad){cur=t;break;} }
const r=run(cur); console.log(cur.length, JSON.stringify(cur,null,0).replaceAll('},','},\n'));
r.js!.forEach((j:string)=>console.log(j));
writeFileSync('/tmp/min.json', JSON.stringify(cur));
