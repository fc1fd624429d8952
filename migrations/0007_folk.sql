-- Up Migration
SET LOCAL lock_timeout = '5s';

-- What a person tells when they register or accept; a user who has not chosen a user name logs in with electronic ID only.
ALTER TABLE bruker
  ADD COLUMN mobil text CHECK (length(mobil) BETWEEN 3 AND 30),
  ADD COLUMN hpr_nummer text CHECK (hpr_nummer ~ '^[0-9]{1,9}$'),
  ADD COLUMN stilling text CHECK (length(stilling) BETWEEN 1 AND 200),
  ADD COLUMN arbeidssted_id uuid REFERENCES arbeidssted,
  -- S19: the first and the second warning since the last log-in; a day that one of them announced is kept.
  ADD COLUMN varslet_at timestamptz,
  ADD COLUMN varslet_igjen_at timestamptz,
  ADD COLUMN deaktivert_at timestamptz;
CREATE INDEX bruker_epost ON bruker (lower(epost));

-- Who somebody is by electronic ID. The pid is kept encrypted, with a keyed hash for look-up (trust.md); apart from the person, so that
-- no query of a person can carry it along.
CREATE TABLE eid_identitet (
  bruker_id uuid PRIMARY KEY REFERENCES bruker,
  pid_hash bytea NOT NULL UNIQUE CHECK (length(pid_hash) = 32),
  pid_kryptert bytea NOT NULL,
  koblet_at timestamptz NOT NULL
);

-- One attempt at the provider: made before the browser is sent there, used once when it comes back. The key is the hash of a cookie
-- that only this browser has, so that a state from another browser finds nothing.
CREATE TABLE eid_forsok (
  id text PRIMARY KEY,
  state_hash bytea NOT NULL UNIQUE,
  nonce text NOT NULL,
  verifier text NOT NULL,
  formal text NOT NULL CHECK (formal IN ('logg-inn', 'bekreft')),
  -- For `bekreft` (step-up): the session that is confirmed.
  okt_id text,
  neste text,
  felles_maskin boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL,
  brukt_at timestamptz
);
CREATE INDEX eid_forsok_created ON eid_forsok (created_at);

-- Somebody has identified with electronic ID and has no user yet: what is known of them while they register or accept an invitation.
-- The key is the hash of a cookie's token; lives half an hour.
CREATE TABLE eid_bevis (
  id text PRIMARY KEY,
  pid_hash bytea NOT NULL CHECK (length(pid_hash) = 32),
  pid_kryptert bytea NOT NULL,
  -- Empty when the provider tells none (ID-porten need not).
  navn text NOT NULL CHECK (length(navn) <= 200),
  hpr_nummer text CHECK (hpr_nummer ~ '^[0-9]{1,9}$'),
  neste text,
  sid text,
  id_token bytea,
  created_at timestamptz NOT NULL,
  utloper_at timestamptz NOT NULL
);
CREATE INDEX eid_bevis_utloper ON eid_bevis (utloper_at);

-- A session that was proven by electronic ID: when, at which session of the provider (front-channel log-out), and what logs out there.
ALTER TABLE okt
  ADD COLUMN eid_at timestamptz,
  ADD COLUMN eid_sid text,
  ADD COLUMN eid_id_token bytea;
CREATE INDEX okt_eid_sid ON okt (eid_sid) WHERE eid_sid IS NOT NULL;

-- Invitations (product.md, «States»): one may carry several roles. The token is 32 random bytes, of which only the hash is kept.
CREATE TABLE invitasjon (
  id uuid PRIMARY KEY,
  lis_id uuid NOT NULL REFERENCES lis,
  opprettet_av uuid NOT NULL REFERENCES bruker,
  navn text NOT NULL CHECK (length(navn) BETWEEN 1 AND 200),
  epost text NOT NULL CHECK (length(epost) BETWEEN 3 AND 254),
  sprak text NOT NULL CHECK (sprak IN ('nb', 'nn', 'en')),
  status text NOT NULL CHECK (status IN ('sendt', 'apnet', 'til_bekreftelse', 'akseptert', 'avslatt', 'ikke_meg', 'utlopt', 'trukket')),
  token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  created_at timestamptz NOT NULL,
  sendt_at timestamptz NOT NULL,
  utloper_at timestamptz NOT NULL,
  purret smallint NOT NULL DEFAULT 0,
  apnet_at timestamptz,
  -- Who accepted, bound by their pid; until the LIS has confirmed a name that differs they have no access.
  akseptert_av uuid REFERENCES bruker,
  akseptert_navn text,
  avgjort_at timestamptz,
  bedt_om_ny_at timestamptz,
  -- A new veileder reads the earlier samtaler only when the LIS has chosen so (product.md, «Who may do what»).
  del_tidligere boolean NOT NULL DEFAULT false,
  CHECK ((status IN ('til_bekreftelse', 'akseptert')) = (akseptert_av IS NOT NULL))
);
CREATE INDEX invitasjon_lis ON invitasjon (lis_id, created_at);
CREATE INDEX invitasjon_utloper ON invitasjon (utloper_at) WHERE status IN ('sendt', 'apnet');
CREATE TABLE invitasjon_rolle (
  invitasjon_id uuid NOT NULL REFERENCES invitasjon,
  rolle text NOT NULL CHECK (rolle IN ('leder', 'veileder', 'supervisor')),
  -- A deputy's last day.
  til timestamptz,
  PRIMARY KEY (invitasjon_id, rolle)
);

-- What is decided stays decided (product.md, «States»).
CREATE FUNCTION invitasjon_overgang() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status <> OLD.status AND NOT (
       (OLD.status = 'sendt' AND NEW.status IN ('apnet', 'til_bekreftelse', 'akseptert', 'avslatt', 'ikke_meg', 'utlopt', 'trukket'))
    OR (OLD.status = 'apnet' AND NEW.status IN ('sendt', 'til_bekreftelse', 'akseptert', 'avslatt', 'ikke_meg', 'utlopt', 'trukket'))
    OR (OLD.status = 'til_bekreftelse' AND NEW.status IN ('akseptert', 'trukket'))
    OR (OLD.status IN ('utlopt', 'ikke_meg', 'avslatt') AND NEW.status = 'sendt')
  ) THEN
    RAISE EXCEPTION 'invitasjon %: % to % is no transition', OLD.id, OLD.status, NEW.status USING ERRCODE = 'LK001';
  END IF;
  IF NEW.id <> OLD.id OR NEW.lis_id <> OLD.lis_id OR NEW.opprettet_av <> OLD.opprettet_av
     OR (OLD.akseptert_av IS NOT NULL AND NEW.akseptert_av IS NOT NULL AND NEW.akseptert_av <> OLD.akseptert_av) THEN
    RAISE EXCEPTION 'invitasjon %: identity cannot change', OLD.id USING ERRCODE = 'LK001';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER invitasjon_overgang BEFORE UPDATE ON invitasjon FOR EACH ROW EXECUTE FUNCTION invitasjon_overgang();
CREATE TRIGGER invitasjon_slettes_ikke BEFORE DELETE ON invitasjon FOR EACH ROW EXECUTE FUNCTION nekt_endring();

-- Roles that the LIS has said «Vet ikke ennå» to: a standing task until somebody holds the role.
CREATE TABLE rolle_mangler (
  lis_id uuid NOT NULL REFERENCES lis,
  rolle text NOT NULL CHECK (rolle IN ('leder', 'veileder', 'supervisor')),
  at timestamptz NOT NULL,
  PRIMARY KEY (lis_id, rolle)
);

-- The plan that a LIS was given (S20); what stands in it comes with the læring capability.
CREATE TABLE plan_tildeling (
  id uuid PRIMARY KEY,
  lis_id uuid NOT NULL REFERENCES lis,
  plan text NOT NULL CHECK (length(plan) BETWEEN 1 AND 100),
  status text NOT NULL DEFAULT 'tildelt' CHECK (status IN ('tildelt')),
  tildelt_at timestamptz NOT NULL,
  UNIQUE (lis_id, plan)
);

-- Mail to send: written in the transaction of the event that causes it, sent by the worker (trust.md, «Delivery of mail»).
-- `hemmelig` holds what may stand in the mail only (the link of an invitation), encrypted, and is emptied when it is sent.
CREATE TABLE epost (
  id uuid PRIMARY KEY,
  mal text NOT NULL CHECK (length(mal) BETWEEN 1 AND 60),
  mottaker_id uuid REFERENCES bruker,
  til_navn text NOT NULL CHECK (length(til_navn) BETWEEN 1 AND 200),
  til_epost text NOT NULL CHECK (length(til_epost) BETWEEN 3 AND 254),
  sprak text NOT NULL CHECK (sprak IN ('nb', 'nn', 'en')),
  data jsonb NOT NULL DEFAULT '{}',
  hemmelig bytea,
  -- What it is about, for whoever may see how it went: an invitation, or nothing.
  objekt_id uuid,
  status text NOT NULL DEFAULT 'venter' CHECK (status IN ('venter', 'sendt', 'feilet')),
  forsok integer NOT NULL DEFAULT 0,
  neste_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  sendt_at timestamptz,
  -- The mail server's answer to the last attempt, cut and without addresses.
  feil text CHECK (length(feil) <= 500)
);
CREATE INDEX epost_venter ON epost (neste_at) WHERE status = 'venter';
CREATE INDEX epost_objekt ON epost (objekt_id) WHERE objekt_id IS NOT NULL;

-- A new address waits here until whoever reads its mail has said that it is theirs.
CREATE TABLE epost_bytte (
  id uuid PRIMARY KEY,
  bruker_id uuid NOT NULL REFERENCES bruker,
  ny_epost text NOT NULL CHECK (length(ny_epost) BETWEEN 3 AND 254),
  token_hash text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL,
  utloper_at timestamptz NOT NULL,
  brukt_at timestamptz
);
CREATE INDEX epost_bytte_bruker ON epost_bytte (bruker_id, created_at);
GRANT SELECT, INSERT, UPDATE (brukt_at) ON epost_bytte TO lisk_web;

GRANT SELECT, INSERT ON eid_identitet TO lisk_web;
GRANT UPDATE (pid_kryptert, koblet_at) ON eid_identitet TO lisk_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON eid_forsok, eid_bevis TO lisk_web;
GRANT SELECT, DELETE ON eid_forsok, eid_bevis TO lisk_worker;
GRANT INSERT ON bruker, lis, passord, kommune, arbeidssted, fast_rolle, relasjon, plan_tildeling TO lisk_web;
GRANT UPDATE (brukernavn, navn, epost, mobil, hpr_nummer, stilling, arbeidssted_id, status, varslet_at, varslet_igjen_at, deaktivert_at) ON bruker TO lisk_web;
GRANT UPDATE (hash, satt_at) ON passord TO lisk_web;
GRANT UPDATE (navn, kommune_nummer, slag) ON arbeidssted TO lisk_web;
GRANT UPDATE (navn) ON kommune TO lisk_web;
GRANT UPDATE (arbeidssted_id, start_dato) ON lis TO lisk_web;
GRANT UPDATE (til) ON relasjon, fast_rolle TO lisk_web;
GRANT SELECT ON plan_tildeling TO lisk_web, lisk_worker;
GRANT SELECT, INSERT ON invitasjon, invitasjon_rolle TO lisk_web;
GRANT UPDATE (navn, epost, status, token_hash, sendt_at, utloper_at, purret, apnet_at, akseptert_av, akseptert_navn, avgjort_at, bedt_om_ny_at) ON invitasjon TO lisk_web;
GRANT SELECT, INSERT, DELETE ON rolle_mangler TO lisk_web;
GRANT SELECT, INSERT ON epost TO lisk_web;
GRANT SELECT ON invitasjon, invitasjon_rolle TO lisk_worker;
GRANT UPDATE (status, purret) ON invitasjon TO lisk_worker;
GRANT SELECT, INSERT ON epost TO lisk_worker;
GRANT UPDATE (status, forsok, neste_at, sendt_at, feil, hemmelig) ON epost TO lisk_worker;
GRANT UPDATE (status, varslet_at, varslet_igjen_at, deaktivert_at) ON bruker TO lisk_worker;
GRANT INSERT ON hendelse TO lisk_worker;

-- Down Migration
