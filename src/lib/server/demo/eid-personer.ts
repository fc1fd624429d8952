/** Somebody whom the local test provider of electronic ID can be: a synthetic fødselsnummer (Skatteetaten's series, month + 80). */
export type TestPerson = { pid: string; navn: string; hprNummer?: string };

/** The demo world's people, by user name, as their electronic ID knows them. */
export const DEMO_EID: Record<'lis' | 'lis2' | 'veileder' | 'leder' | 'supervisor' | 'hdir' | 'drift', TestPerson> = {
	lis: { pid: '12839610007', navn: 'Nora Haugen', hprNummer: '9100001' },
	lis2: { pid: '24879710037', navn: 'Emil Strøm', hprNummer: '9100002' },
	veileder: { pid: '03858010011', navn: 'Kari Nordby', hprNummer: '9100003' },
	leder: { pid: '17827210072', navn: 'Per Ødegård', hprNummer: '9100004' },
	supervisor: { pid: '06858510013', navn: 'Áile Somby', hprNummer: '9100005' },
	hdir: { pid: '21866810076', navn: 'Helle Dahl' },
	drift: { pid: '09897510062', navn: 'Dag Rike' }
};

/** People who are not registered yet. The last one is Ida Berg to those who invite her. */
export const NYE_EID: readonly TestPerson[] = [
	{ pid: '14849510054', navn: 'Jonas Lie Myhre', hprNummer: '9100011' },
	{ pid: '22889410187', navn: 'Maria Solheim', hprNummer: '9100012' },
	{ pid: '05917910008', navn: 'Tor Egil Bakken', hprNummer: '9100013' },
	{ pid: '30838210089', navn: 'Sunniva Vik' },
	{ pid: '17869010057', navn: 'Ida Marie Berg Lunde', hprNummer: '9100014' }
];
