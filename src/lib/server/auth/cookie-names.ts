/** The cookies of the portal: strictly necessary ones only. `__Host-` whenever the portal is served by https (T01). */
export function cookieNames(
	origin: string
): Record<'okt' | 'enhet' | 'eidForsok' | 'eidBevis' | 'invitasjon' | 'signering', string> {
	const prefix = origin.startsWith('https:') ? '__Host-' : '';
	return {
		okt: `${prefix}okt`,
		enhet: `${prefix}enhet`,
		eidForsok: `${prefix}eid_forsok`,
		eidBevis: `${prefix}eid_bevis`,
		invitasjon: `${prefix}invitasjon`,
		signering: `${prefix}signering`
	};
}
