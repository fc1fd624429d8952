-- Up Migration
SET LOCAL lock_timeout = '5s';

-- One document of the co-editing (collab.md, «Tables»). Created with the samtale, in one transaction.
CREATE TABLE collab_doc (
  id uuid PRIMARY KEY,
  schema_version integer NOT NULL,
  epoch integer NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closing', 'final', 'cancelled')),
  head_seq bigint NOT NULL,
  head_hash bytea NOT NULL CHECK (length(head_hash) = 32),
  closing_at timestamptz,
  closing_until timestamptz,
  access_version integer NOT NULL DEFAULT 1,
  CHECK ((state = 'closing') = (closing_at IS NOT NULL AND closing_until IS NOT NULL))
);

CREATE TABLE samtale (
  id uuid PRIMARY KEY REFERENCES collab_doc,
  lis_id uuid NOT NULL REFERENCES lis,
  status text NOT NULL CHECK (status IN ('planlagt', 'aktiv', 'ferdigstilt', 'avlyst')),
  dato date,
  fra time(0),
  til time(0),
  sted text CHECK (length(sted) BETWEEN 1 AND 200),
  -- Counts each change of date, time or place: who edits an older version is told (409).
  versjon integer NOT NULL DEFAULT 1,
  avlyst_grunn text CHECK (length(avlyst_grunn) BETWEEN 1 AND 1000),
  opprettet_av uuid NOT NULL REFERENCES bruker,
  created_at timestamptz NOT NULL,
  CHECK (fra IS NULL OR dato IS NOT NULL),
  CHECK (til IS NULL OR (fra IS NOT NULL AND til > fra)),
  CHECK ((status = 'avlyst') = (avlyst_grunn IS NOT NULL))
);
CREATE INDEX samtale_lis ON samtale (lis_id, dato);

-- Who takes part, in which role, from when to when: rights follow this table (architecture.md, «Decided»).
CREATE TABLE samtale_deltaker (
  samtale_id uuid NOT NULL REFERENCES samtale,
  person_id uuid NOT NULL REFERENCES bruker,
  rolle text NOT NULL CHECK (rolle IN ('lis', 'veileder')),
  fra timestamptz NOT NULL,
  til timestamptz CHECK (til >= fra),
  PRIMARY KEY (samtale_id, person_id, rolle, fra)
);
CREATE INDEX samtale_deltaker_person ON samtale_deltaker (person_id, samtale_id);

-- A date that the LIS proposes; at most one stands open at a time.
CREATE TABLE samtale_forslag (
  id uuid PRIMARY KEY,
  samtale_id uuid NOT NULL REFERENCES samtale,
  foreslatt_av uuid NOT NULL REFERENCES bruker,
  dato date NOT NULL,
  fra time(0),
  til time(0),
  sted text CHECK (length(sted) BETWEEN 1 AND 200),
  created_at timestamptz NOT NULL,
  utfall text CHECK (utfall IN ('godtatt', 'avvist', 'erstattet')),
  avgjort_at timestamptz,
  CHECK (til IS NULL OR (fra IS NOT NULL AND til > fra)),
  CHECK ((utfall IS NULL) = (avgjort_at IS NULL))
);
CREATE UNIQUE INDEX samtale_forslag_apent ON samtale_forslag (samtale_id) WHERE utfall IS NULL;

-- The state machine of a samtale, for every route into the table (product.md, «States»).
CREATE FUNCTION samtale_overgang() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status IN ('ferdigstilt', 'avlyst') THEN
    RAISE EXCEPTION 'samtale % is %: nothing in it can change', OLD.id, OLD.status USING ERRCODE = 'LK001';
  END IF;
  IF NEW.status <> OLD.status AND NOT (
       (OLD.status = 'planlagt' AND NEW.status IN ('aktiv', 'avlyst'))
    OR (OLD.status = 'aktiv' AND NEW.status IN ('ferdigstilt', 'avlyst'))
  ) THEN
    RAISE EXCEPTION 'samtale %: % to % is no transition', OLD.id, OLD.status, NEW.status USING ERRCODE = 'LK001';
  END IF;
  IF NEW.id <> OLD.id OR NEW.lis_id <> OLD.lis_id OR NEW.opprettet_av <> OLD.opprettet_av THEN
    RAISE EXCEPTION 'samtale %: identity cannot change', OLD.id USING ERRCODE = 'LK001';
  END IF;
  NEW.versjon := OLD.versjon
    + (row(NEW.dato, NEW.fra, NEW.til, NEW.sted) IS DISTINCT FROM row(OLD.dato, OLD.fra, OLD.til, OLD.sted))::integer;
  RETURN NEW;
END
$$;
CREATE TRIGGER samtale_overgang BEFORE UPDATE ON samtale FOR EACH ROW EXECUTE FUNCTION samtale_overgang();
CREATE TRIGGER samtale_slettes_ikke BEFORE DELETE ON samtale FOR EACH ROW EXECUTE FUNCTION nekt_endring();
CREATE TRIGGER samtale_tommes_ikke BEFORE TRUNCATE ON samtale FOR EACH STATEMENT EXECUTE FUNCTION nekt_endring();

GRANT SELECT ON collab_doc, samtale, samtale_deltaker, samtale_forslag TO lisk_web, lisk_ws, lisk_worker;
GRANT INSERT ON samtale, samtale_deltaker, samtale_forslag TO lisk_web;
GRANT UPDATE (dato, fra, til, sted, status, avlyst_grunn) ON samtale TO lisk_web;
GRANT UPDATE (til) ON samtale_deltaker TO lisk_web;
GRANT UPDATE (utfall, avgjort_at) ON samtale_forslag TO lisk_web;

-- Down Migration
