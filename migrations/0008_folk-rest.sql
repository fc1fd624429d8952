-- Up Migration
SET LOCAL lock_timeout = '5s';

-- The role that a person with several has chosen to see the portal in; null: all of them. It narrows what is shown, never what is allowed.
ALTER TABLE okt ADD COLUMN rolle text CHECK (rolle IN ('lis', 'leder', 'veileder', 'supervisor', 'hdir', 'drift'));

-- Further links to an invitation: a reminder has one of its own, since of the first link only the hash is kept. All of them open the
-- same invitation and end with it; a new link (resend) deletes them.
CREATE TABLE invitasjon_lenke (
  token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
  invitasjon_id uuid NOT NULL REFERENCES invitasjon,
  created_at timestamptz NOT NULL
);
CREATE INDEX invitasjon_lenke_invitasjon ON invitasjon_lenke (invitasjon_id);
GRANT SELECT, DELETE ON invitasjon_lenke TO lisk_web;
GRANT INSERT ON invitasjon_lenke TO lisk_worker;

-- Mail that has been sent is not kept for ever; what failed stays until drift has seen it.
ALTER TABLE epost ADD COLUMN sett_at timestamptz;
GRANT UPDATE (sett_at) ON epost TO lisk_web;
GRANT DELETE ON epost TO lisk_worker;

-- Down Migration
