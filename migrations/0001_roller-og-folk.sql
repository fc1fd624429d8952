-- Up Migration
SET LOCAL lock_timeout = '5s';

-- Roles are per cluster, not per database: another database may have made them already.
DO $$
DECLARE
  navn text;
BEGIN
  FOREACH navn IN ARRAY ARRAY['lisk_web', 'lisk_ws', 'lisk_worker'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN', navn);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL;
    END;
    -- Each process logs in as the owner and does SET ROLE (architecture.md). Two databases may be migrated at once.
    IF NOT pg_has_role(current_user, navn, 'SET') THEN
      BEGIN
        EXECUTE format('GRANT %I TO CURRENT_USER', navn);
      EXCEPTION WHEN unique_violation THEN
        NULL;
      END;
    END IF;
  END LOOP;
END
$$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO lisk_web, lisk_ws, lisk_worker;

-- Refuses what an append-only table must never see. TRUNCATE needs a statement trigger of its own.
CREATE FUNCTION nekt_endring() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'LK001';
END
$$;

CREATE TABLE kommune (
  nummer text PRIMARY KEY CHECK (nummer ~ '^[0-9]{4}$'),
  navn text NOT NULL CHECK (length(navn) BETWEEN 1 AND 100)
);

CREATE TABLE arbeidssted (
  id uuid PRIMARY KEY,
  kommune_nummer text NOT NULL REFERENCES kommune,
  navn text NOT NULL CHECK (length(navn) BETWEEN 1 AND 200),
  slag text NOT NULL CHECK (slag IN ('legekontor', 'sykehjem', 'legevakt', 'helsestasjon'))
);
CREATE INDEX arbeidssted_kommune ON arbeidssted (kommune_nummer);

CREATE TABLE bruker (
  id uuid PRIMARY KEY,
  brukernavn text NOT NULL CHECK (brukernavn = lower(brukernavn) AND length(brukernavn) BETWEEN 2 AND 64),
  navn text NOT NULL CHECK (length(navn) BETWEEN 1 AND 200),
  epost text NOT NULL CHECK (length(epost) BETWEEN 3 AND 254),
  sprak text NOT NULL DEFAULT 'nb' CHECK (sprak IN ('nb', 'nn', 'en')),
  farge smallint NOT NULL CHECK (farge BETWEEN 0 AND 7),
  status text NOT NULL CHECK (status IN ('invitert', 'aktiv', 'varslet', 'deaktivert')),
  created_at timestamptz NOT NULL,
  sist_innlogget_at timestamptz
);
CREATE UNIQUE INDEX bruker_brukernavn ON bruker (brukernavn);

-- Secrets stand apart from the person, so that no query of a person can carry them along.
CREATE TABLE passord (
  bruker_id uuid PRIMARY KEY REFERENCES bruker,
  hash text NOT NULL,
  satt_at timestamptz NOT NULL
);

-- Roles that are not «for one LIS».
CREATE TABLE fast_rolle (
  bruker_id uuid NOT NULL REFERENCES bruker,
  rolle text NOT NULL CHECK (rolle IN ('hdir', 'drift')),
  fra timestamptz NOT NULL,
  til timestamptz,
  PRIMARY KEY (bruker_id, rolle, fra)
);

CREATE TABLE lis (
  bruker_id uuid PRIMARY KEY REFERENCES bruker,
  arbeidssted_id uuid REFERENCES arbeidssted,
  start_dato date,
  created_at timestamptz NOT NULL
);
CREATE INDEX lis_arbeidssted ON lis (arbeidssted_id);

-- Who follows which LIS, in which role, from when to when. Nothing is deleted: an ended relation keeps its row.
CREATE TABLE relasjon (
  id uuid PRIMARY KEY,
  lis_id uuid NOT NULL REFERENCES lis,
  person_id uuid NOT NULL REFERENCES bruker,
  rolle text NOT NULL CHECK (rolle IN ('leder', 'veileder', 'supervisor')),
  fra timestamptz NOT NULL,
  til timestamptz CHECK (til >= fra),
  CHECK (person_id <> lis_id)
);
-- At most one standing leder and one standing veileder per LIS (product.md, «Roles»); a deputy has an end date.
CREATE UNIQUE INDEX relasjon_en_om_gangen ON relasjon (lis_id, rolle) WHERE til IS NULL AND rolle IN ('leder', 'veileder');
CREATE UNIQUE INDEX relasjon_ikke_dobbelt ON relasjon (lis_id, person_id, rolle) WHERE til IS NULL;
CREATE INDEX relasjon_person ON relasjon (person_id, rolle);
CREATE INDEX relasjon_lis ON relasjon (lis_id);

-- The key is the SHA-256 of the cookie's token; offentlig_id is the name by which logs and other tables may know a session.
CREATE TABLE okt (
  id text PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES bruker,
  expires_at timestamptz NOT NULL,
  offentlig_id uuid NOT NULL UNIQUE,
  created_at timestamptz NOT NULL,
  idle_ms integer NOT NULL CHECK (idle_ms > 0),
  sist_sett_at timestamptz NOT NULL,
  absolutt_utloper_at timestamptz NOT NULL,
  felles_maskin boolean NOT NULL DEFAULT false
);
CREATE INDEX okt_user ON okt (user_id);
CREATE INDEX okt_expires ON okt (expires_at);

-- Failed log-ins, for the growing delay (trust.md, «Throttling in Postgres»). The key is a hash: of a user name, a device or an address.
CREATE TABLE innloggingsforsok (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  nokkel text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX innloggingsforsok_nokkel ON innloggingsforsok (nokkel, at);

-- Devices that have logged in to an account before, by the hash of a random cookie: their attempts are counted apart from strangers'.
CREATE TABLE kjent_enhet (
  bruker_id uuid NOT NULL REFERENCES bruker,
  enhet_hash text NOT NULL,
  sist_at timestamptz NOT NULL,
  PRIMARY KEY (bruker_id, enhet_hash)
);

-- Who did what, in which role, when and why: one row for each change of state, written in the same transaction.
CREATE TABLE hendelse (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  type text NOT NULL,
  aktor_id uuid REFERENCES bruker,
  aktor_rolle text,
  lis_id uuid REFERENCES lis,
  objekt_id uuid,
  data jsonb NOT NULL DEFAULT '{}',
  request_id text
);
CREATE INDEX hendelse_objekt ON hendelse (objekt_id, id);
CREATE INDEX hendelse_lis ON hendelse (lis_id, id);
CREATE TRIGGER hendelse_uforanderlig BEFORE UPDATE OR DELETE ON hendelse FOR EACH ROW EXECUTE FUNCTION nekt_endring();
CREATE TRIGGER hendelse_ikke_tommes BEFORE TRUNCATE ON hendelse FOR EACH STATEMENT EXECUTE FUNCTION nekt_endring();

-- Who opened what of a LIS' record, when, in which role (product.md: the LIS can be shown it).
CREATE TABLE innsyn (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  lis_id uuid NOT NULL REFERENCES lis,
  person_id uuid NOT NULL REFERENCES bruker,
  rolle text NOT NULL,
  objekt text NOT NULL CHECK (objekt IN ('samtale')),
  objekt_id uuid NOT NULL
);
CREATE INDEX innsyn_lis ON innsyn (lis_id, id);
CREATE INDEX innsyn_person ON innsyn (person_id, objekt_id, at);
CREATE TRIGGER innsyn_uforanderlig BEFORE UPDATE OR DELETE ON innsyn FOR EACH ROW EXECUTE FUNCTION nekt_endring();
CREATE TRIGGER innsyn_ikke_tommes BEFORE TRUNCATE ON innsyn FOR EACH STATEMENT EXECUTE FUNCTION nekt_endring();

-- Least rights: each later capability brings its own grants.
GRANT SELECT ON kommune, arbeidssted, bruker, fast_rolle, lis, relasjon, hendelse, innsyn TO lisk_web, lisk_worker;
GRANT SELECT ON passord TO lisk_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON okt TO lisk_web;
GRANT SELECT, INSERT, DELETE ON innloggingsforsok TO lisk_web;
GRANT SELECT, INSERT, UPDATE ON kjent_enhet TO lisk_web;
GRANT INSERT ON hendelse, innsyn TO lisk_web;
GRANT UPDATE (sprak, sist_innlogget_at) ON bruker TO lisk_web;

GRANT SELECT, DELETE ON innloggingsforsok, kjent_enhet TO lisk_worker;
GRANT SELECT, DELETE ON okt TO lisk_worker;

GRANT SELECT ON bruker, fast_rolle, lis, relasjon, okt, innsyn TO lisk_ws;
GRANT INSERT ON innsyn TO lisk_ws;
GRANT UPDATE (sist_sett_at) ON okt TO lisk_ws;

-- Down Migration
