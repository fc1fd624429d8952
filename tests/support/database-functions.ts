/** The only writers of the co-editing tables (collab.md, «Tables»). */
export const FUNCTIONS: Record<string, readonly string[]> = {
	collab_access_changed: ['lisk_web'],
	collab_append: ['lisk_ws'],
	collab_begin_closing: ['lisk_web'],
	collab_bind: ['lisk_ws'],
	collab_cancel: ['lisk_web'],
	collab_cancel_closing: ['lisk_web'],
	collab_create: ['lisk_web'],
	collab_finalize: ['lisk_web'],
	collab_forget_rejected: ['lisk_web'],
	collab_keep_rejected: ['lisk_ws'],
	collab_lapse: ['lisk_worker', 'lisk_ws'],
	collab_lock: ['lisk_web'],
	collab_put_snapshot: ['lisk_worker', 'lisk_ws'],
	collab_restore: ['lisk_web'],
	samtale_aktiver: []
};
