-- Up Migration
SET LOCAL lock_timeout = '5s';

-- The plans of a LIS, each pinned to a version of the catalogue. «Paused by permisjon» is no state: it follows from fravaer and the day.
ALTER TABLE plan_tildeling
  DROP CONSTRAINT plan_tildeling_status_check,
  DROP CONSTRAINT plan_tildeling_lis_id_plan_key,
  ADD CONSTRAINT plan_tildeling_status CHECK (status IN ('tildelt', 'paabegynt', 'fullfort', 'delt', 'inaktiv', 'arkivert')),
  ADD COLUMN katalog_id uuid REFERENCES katalog,
  ADD COLUMN tildelt_av uuid REFERENCES bruker,
  ADD COLUMN paabegynt_at timestamptz,
  ADD COLUMN fullfort_at timestamptz,
  ADD COLUMN delt_at timestamptz,
  -- When Helsedirektoratet was done with the shared plan.
  ADD COLUMN behandlet_at timestamptz,
  ADD COLUMN inaktiv_at timestamptz,
  ADD COLUMN arkivert_at timestamptz;
UPDATE plan_tildeling p SET katalog_id = k.id
FROM lis l, katalog k
WHERE l.bruker_id = p.lis_id AND k.plan = p.plan
  AND k.versjon = CASE WHEN l.start_dato < '2025-09-01' THEN 1 ELSE 2 END;
ALTER TABLE plan_tildeling ALTER COLUMN katalog_id SET NOT NULL;
CREATE UNIQUE INDEX plan_tildeling_en_av_hver ON plan_tildeling (lis_id, plan) WHERE status <> 'arkivert';

-- Every LIS has the municipal plan (S20), those of before this migration too.
INSERT INTO plan_tildeling (id, lis_id, plan, katalog_id, status, tildelt_at)
SELECT gen_random_uuid(), l.bruker_id, k.plan, k.id, 'tildelt', l.created_at
FROM lis l JOIN katalog k ON k.plan = 'kommunal-lis1' AND k.versjon = CASE WHEN l.start_dato < '2025-09-01' THEN 1 ELSE 2 END
WHERE NOT EXISTS (SELECT FROM plan_tildeling p WHERE p.lis_id = l.bruker_id AND p.plan = k.plan);

CREATE FUNCTION plan_overgang() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.status <> 'tildelt' THEN
      RAISE EXCEPTION 'plan % is %: it can only be archived', OLD.id, OLD.status USING ERRCODE = 'LK001';
    END IF;
    RETURN OLD;
  END IF;
  IF NEW.status <> OLD.status AND NOT (
       (OLD.status = 'tildelt' AND NEW.status IN ('paabegynt', 'inaktiv'))
    OR (OLD.status = 'paabegynt' AND NEW.status IN ('fullfort', 'inaktiv', 'arkivert'))
    OR (OLD.status = 'fullfort' AND NEW.status IN ('paabegynt', 'delt', 'arkivert'))
    OR (OLD.status = 'delt' AND NEW.status IN ('paabegynt', 'arkivert'))
    OR (OLD.status = 'inaktiv' AND NEW.status IN ('tildelt', 'paabegynt', 'arkivert'))
  ) THEN
    RAISE EXCEPTION 'plan %: % to % is no transition', OLD.id, OLD.status, NEW.status USING ERRCODE = 'LK001';
  END IF;
  IF NEW.id <> OLD.id OR NEW.lis_id <> OLD.lis_id OR NEW.plan <> OLD.plan THEN
    RAISE EXCEPTION 'plan %: identity cannot change', OLD.id USING ERRCODE = 'LK001';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER plan_overgang BEFORE UPDATE OR DELETE ON plan_tildeling FOR EACH ROW EXECUTE FUNCTION plan_overgang();

-- What a LIS did: fulfils the krav it names, may serve several læringsmål (product.md, «States», registrering).
CREATE TABLE laeringsaktivitet (
  id uuid PRIMARY KEY,
  lis_id uuid NOT NULL REFERENCES lis,
  krav_id uuid REFERENCES krav,
  slag text NOT NULL CHECK (slag IN ('signeres', 'egenregistrert', 'kursbevis', 'fra_sykehus')),
  -- One of the two courses that legevakt without bakvakt asks for.
  kurs text CHECK (kurs IN ('akuttmedisin', 'vold_og_overgrep')),
  status text NOT NULL CHECK (status IN ('kladd', 'sendt', 'signert', 'underkjent', 'registrert')),
  dato date,
  sted text CHECK (length(sted) BETWEEN 1 AND 200),
  tekst text CHECK (length(tekst) BETWEEN 1 AND 5000),
  refleksjon text CHECK (length(refleksjon) BETWEEN 1 AND 5000),
  nivaa text CHECK (nivaa IN ('kjennskap', 'kunnskap', 'god_kunnskap', 'under_supervisjon', 'selvstendig')),
  -- To whom it goes. Somebody invited who has not accepted yet: it waits for them.
  supervisor_id uuid REFERENCES bruker,
  invitasjon_id uuid REFERENCES invitasjon,
  versjon integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  endret_at timestamptz NOT NULL,
  sendt_at timestamptz,
  avgjort_at timestamptz,
  avgjort_av uuid REFERENCES bruker,
  -- Why it was underkjent.
  grunn text CHECK (length(grunn) BETWEEN 1 AND 2000),
  tilbakemelding text CHECK (length(tilbakemelding) BETWEEN 1 AND 2000),
  -- SHA-256 of what was signed, as canonical JSON; the event of the signing holds the JSON itself.
  signert_hash bytea CHECK (length(signert_hash) = 32),
  CHECK (supervisor_id <> lis_id),
  CHECK (avgjort_av <> lis_id),
  CHECK (supervisor_id IS NULL OR invitasjon_id IS NULL),
  CHECK ((slag = 'signeres') OR status IN ('kladd', 'registrert')),
  CHECK (status = 'kladd' OR dato IS NOT NULL),
  CHECK (status NOT IN ('sendt', 'signert', 'underkjent')
    OR (slag = 'signeres' AND krav_id IS NOT NULL AND sendt_at IS NOT NULL AND (supervisor_id IS NOT NULL OR invitasjon_id IS NOT NULL))),
  CHECK ((status IN ('signert', 'underkjent')) = (avgjort_at IS NOT NULL)),
  CHECK ((avgjort_at IS NULL) = (avgjort_av IS NULL)),
  CHECK (status NOT IN ('signert', 'underkjent') OR avgjort_av = supervisor_id),
  CHECK ((status = 'signert') = (signert_hash IS NOT NULL)),
  CHECK ((status = 'underkjent') = (grunn IS NOT NULL))
);
CREATE INDEX laeringsaktivitet_lis ON laeringsaktivitet (lis_id, status);
CREATE INDEX laeringsaktivitet_supervisor ON laeringsaktivitet (supervisor_id, status) WHERE supervisor_id IS NOT NULL;
CREATE INDEX laeringsaktivitet_invitasjon ON laeringsaktivitet (invitasjon_id) WHERE invitasjon_id IS NOT NULL;
CREATE INDEX laeringsaktivitet_krav ON laeringsaktivitet (lis_id, krav_id);
CREATE TABLE laeringsaktivitet_mal (
  aktivitet_id uuid NOT NULL REFERENCES laeringsaktivitet ON DELETE CASCADE,
  kode text NOT NULL REFERENCES laeringsmal,
  PRIMARY KEY (aktivitet_id, kode)
);
CREATE INDEX laeringsaktivitet_mal_kode ON laeringsaktivitet_mal (kode);

-- Signing on the spot: LIS shows a code, a supervisør scans it. Single use, minutes to live; of the token only the hash is kept.
CREATE TABLE signeringskode (
  token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
  aktivitet_id uuid NOT NULL REFERENCES laeringsaktivitet,
  created_at timestamptz NOT NULL,
  utloper_at timestamptz NOT NULL,
  brukt_at timestamptz,
  brukt_av uuid REFERENCES bruker,
  -- The LIS says whether it was the right person; a relation is made, or the signature falls.
  bekreftet_at timestamptz,
  avvist_at timestamptz,
  CHECK ((brukt_at IS NULL) = (brukt_av IS NULL)),
  CHECK (bekreftet_at IS NULL OR avvist_at IS NULL),
  CHECK ((bekreftet_at IS NULL AND avvist_at IS NULL) OR brukt_at IS NOT NULL)
);
CREATE INDEX signeringskode_aktivitet ON signeringskode (aktivitet_id);

CREATE FUNCTION laeringsaktivitet_overgang() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  innhold text[] := '{lis_id,krav_id,slag,kurs,dato,sted,tekst,refleksjon,nivaa,created_at}';
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.status <> 'kladd' THEN
      RAISE EXCEPTION 'laeringsaktivitet % is %: it cannot be deleted', OLD.id, OLD.status USING ERRCODE = 'LK001';
    END IF;
    RETURN OLD;
  END IF;
  IF NEW.id <> OLD.id OR NEW.lis_id <> OLD.lis_id THEN
    RAISE EXCEPTION 'laeringsaktivitet %: identity cannot change', OLD.id USING ERRCODE = 'LK001';
  END IF;
  IF NEW.status <> OLD.status AND NOT (
       (OLD.status = 'kladd' AND NEW.status IN ('sendt', 'registrert'))
    OR (OLD.status = 'sendt' AND NEW.status IN ('kladd', 'signert', 'underkjent'))
    OR (OLD.status = 'underkjent' AND NEW.status = 'kladd')
    OR (OLD.status = 'registrert' AND NEW.status = 'kladd')
    -- Only when the LIS has said that whoever scanned the code was the wrong person.
    OR (OLD.status = 'signert' AND NEW.status = 'kladd' AND EXISTS (
          SELECT FROM signeringskode s WHERE s.aktivitet_id = OLD.id AND s.brukt_av = OLD.avgjort_av AND s.avvist_at IS NOT NULL))
  ) THEN
    RAISE EXCEPTION 'laeringsaktivitet %: % to % is no transition', OLD.id, OLD.status, NEW.status USING ERRCODE = 'LK001';
  END IF;
  IF OLD.status = 'signert' AND NEW.status = 'signert' AND NEW IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'laeringsaktivitet % is signed: nothing in it can change', OLD.id USING ERRCODE = 'LK001';
  END IF;
  -- What was sent is what is signed.
  IF OLD.status <> 'kladd' AND EXISTS (
       SELECT FROM unnest(innhold) felt WHERE (to_jsonb(NEW) -> felt) IS DISTINCT FROM (to_jsonb(OLD) -> felt)) THEN
    RAISE EXCEPTION 'laeringsaktivitet % is %: its content cannot change', OLD.id, OLD.status USING ERRCODE = 'LK001';
  END IF;
  NEW.versjon := OLD.versjon + 1;
  RETURN NEW;
END
$$;
CREATE TRIGGER laeringsaktivitet_overgang BEFORE UPDATE OR DELETE ON laeringsaktivitet FOR EACH ROW EXECUTE FUNCTION laeringsaktivitet_overgang();
CREATE TRIGGER laeringsaktivitet_tommes_ikke BEFORE TRUNCATE ON laeringsaktivitet FOR EACH STATEMENT EXECUTE FUNCTION nekt_endring();

CREATE FUNCTION laeringsaktivitet_mal_frosset() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid;
BEGIN
  IF TG_OP = 'INSERT' THEN v_id := NEW.aktivitet_id; ELSE v_id := OLD.aktivitet_id; END IF;
  -- A row whose aktivitet is gone goes with it.
  IF EXISTS (SELECT FROM laeringsaktivitet WHERE id = v_id AND status <> 'kladd') THEN
    RAISE EXCEPTION 'laeringsaktivitet % is no draft: its goals cannot change', v_id USING ERRCODE = 'LK001';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER laeringsaktivitet_mal_frosset BEFORE INSERT OR UPDATE OR DELETE ON laeringsaktivitet_mal FOR EACH ROW EXECUTE FUNCTION laeringsaktivitet_mal_frosset();
CREATE TRIGGER laeringsaktivitet_mal_tommes_ikke BEFORE TRUNCATE ON laeringsaktivitet_mal FOR EACH STATEMENT EXECUTE FUNCTION nekt_endring();

-- The regulation wants them from the veileder and from at least one supervisør before a goal is approved.
CREATE TABLE anbefaling (
  id uuid PRIMARY KEY,
  lis_id uuid NOT NULL REFERENCES lis,
  kode text NOT NULL REFERENCES laeringsmal,
  av uuid NOT NULL REFERENCES bruker,
  rolle text NOT NULL CHECK (rolle IN ('veileder', 'supervisor')),
  at timestamptz NOT NULL,
  trukket_at timestamptz,
  CHECK (av <> lis_id)
);
CREATE UNIQUE INDEX anbefaling_en_av_hver ON anbefaling (lis_id, kode, av, rolle) WHERE trukket_at IS NULL;

-- Where a læringsmål stands for one LIS, in the version of the catalogue that it is judged by. No row: in progress.
CREATE TABLE maloppnaelse (
  id uuid PRIMARY KEY,
  lis_id uuid NOT NULL REFERENCES lis,
  kode text NOT NULL,
  katalog_id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('pagar', 'sendt', 'godkjent', 'sendt_tilbake', 'underkjent', 'trukket')),
  fullfort_dato date,
  kommentar text CHECK (length(kommentar) BETWEEN 1 AND 2000),
  -- Sent anew after it was underkjent.
  ny_vurdering boolean NOT NULL DEFAULT false,
  sendt_at timestamptz,
  avgjort_at timestamptz,
  avgjort_av uuid REFERENCES bruker,
  avgjort_rolle text CHECK (avgjort_rolle IN ('leder', 'hdir')),
  -- Why it was sent back, underkjent or withdrawn; or a word with the approval.
  grunn text CHECK (length(grunn) BETWEEN 1 AND 2000),
  -- Why it was approved with krav or recommendations missing.
  uten text CHECK (uten IN ('muntlig', 'vurderingskollegium', 'annet')),
  uten_tekst text CHECK (length(uten_tekst) BETWEEN 1 AND 2000),
  bekreftet_at timestamptz,
  bekreftet_av uuid REFERENCES bruker,
  versjon integer NOT NULL DEFAULT 1,
  UNIQUE (lis_id, kode),
  FOREIGN KEY (katalog_id, kode) REFERENCES katalog_mal (katalog_id, kode),
  CHECK (avgjort_av <> lis_id AND bekreftet_av <> lis_id),
  CHECK (status <> 'sendt' OR (fullfort_dato IS NOT NULL AND sendt_at IS NOT NULL)),
  CHECK (status IN ('pagar', 'sendt') OR (avgjort_at IS NOT NULL AND avgjort_av IS NOT NULL AND avgjort_rolle IS NOT NULL)),
  CHECK (status NOT IN ('sendt_tilbake', 'underkjent', 'trukket') OR grunn IS NOT NULL),
  CHECK (uten IS NULL OR status IN ('godkjent', 'trukket')),
  CHECK ((uten = 'annet') IS NOT TRUE OR uten_tekst IS NOT NULL),
  CHECK (bekreftet_at IS NULL OR (status = 'godkjent' AND bekreftet_av IS NOT NULL))
);
CREATE INDEX maloppnaelse_status ON maloppnaelse (status, sendt_at);

-- What an approval lacks (product.md, «Rules from the field»): krav that are not fulfilled, the veileder's word, a supervisør's word.
CREATE FUNCTION maloppnaelse_mangler(p_lis uuid, p_kode text, p_katalog uuid)
RETURNS TABLE (krav integer, veileder boolean, supervisor boolean) LANGUAGE sql STABLE AS $$
  SELECT
    (SELECT count(*)::integer FROM katalog_krav k
      WHERE k.katalog_id = p_katalog AND k.kode = p_kode AND NOT EXISTS (
        SELECT FROM laeringsaktivitet a WHERE a.lis_id = p_lis AND a.krav_id = k.krav_id AND a.status IN ('signert', 'registrert'))),
    NOT EXISTS (SELECT FROM anbefaling a WHERE a.lis_id = p_lis AND a.kode = p_kode AND a.rolle = 'veileder' AND a.trukket_at IS NULL),
    NOT EXISTS (SELECT FROM anbefaling a WHERE a.lis_id = p_lis AND a.kode = p_kode AND a.rolle = 'supervisor' AND a.trukket_at IS NULL)
$$;

CREATE FUNCTION maloppnaelse_overgang() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status NOT IN ('pagar', 'sendt') THEN
      RAISE EXCEPTION 'maloppnaelse %: begins as pagar or sendt', NEW.id USING ERRCODE = 'LK001';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.id <> OLD.id OR NEW.lis_id <> OLD.lis_id OR NEW.kode <> OLD.kode THEN
    RAISE EXCEPTION 'maloppnaelse %: identity cannot change', OLD.id USING ERRCODE = 'LK001';
  END IF;
  IF NEW.status <> OLD.status AND NOT (
       (OLD.status = 'pagar' AND NEW.status = 'sendt')
    OR (OLD.status = 'sendt' AND NEW.status IN ('pagar', 'godkjent', 'sendt_tilbake', 'underkjent'))
    OR (OLD.status IN ('sendt_tilbake', 'underkjent', 'trukket') AND NEW.status = 'sendt')
    OR (OLD.status = 'godkjent' AND NEW.status = 'trukket')
    -- The version of the catalogue moves on to a stricter text: the approval falls.
    OR (NEW.status = 'pagar' AND NEW.katalog_id <> OLD.katalog_id)
  ) THEN
    RAISE EXCEPTION 'maloppnaelse %: % to % is no transition', OLD.id, OLD.status, NEW.status USING ERRCODE = 'LK001';
  END IF;
  IF NEW.status = 'godkjent' AND OLD.status <> 'godkjent' AND NEW.uten IS NULL AND EXISTS (
       SELECT FROM maloppnaelse_mangler(NEW.lis_id, NEW.kode, NEW.katalog_id) m WHERE m.krav > 0 OR m.veileder OR m.supervisor) THEN
    RAISE EXCEPTION 'maloppnaelse %: approving with something missing needs a reason', OLD.id USING ERRCODE = 'LK002';
  END IF;
  NEW.versjon := OLD.versjon + 1;
  RETURN NEW;
END
$$;
CREATE TRIGGER maloppnaelse_overgang BEFORE INSERT OR UPDATE ON maloppnaelse FOR EACH ROW EXECUTE FUNCTION maloppnaelse_overgang();
CREATE TRIGGER maloppnaelse_slettes_ikke BEFORE DELETE ON maloppnaelse FOR EACH ROW EXECUTE FUNCTION nekt_endring();
CREATE TRIGGER maloppnaelse_tommes_ikke BEFORE TRUNCATE ON maloppnaelse FOR EACH STATEMENT EXECUTE FUNCTION nekt_endring();

-- Days away from the service; both days included.
CREATE TABLE fravaer (
  id uuid PRIMARY KEY,
  lis_id uuid NOT NULL REFERENCES lis,
  slag text NOT NULL CHECK (slag IN ('permisjon', 'sykdom', 'annet')),
  fra date NOT NULL,
  til date NOT NULL,
  prosent smallint NOT NULL DEFAULT 100 CHECK (prosent BETWEEN 1 AND 100),
  opprettet_av uuid NOT NULL REFERENCES bruker,
  created_at timestamptz NOT NULL,
  slettet_at timestamptz,
  CHECK (til >= fra)
);
CREATE INDEX fravaer_lis ON fravaer (lis_id, fra);

-- The individual plan of the training: a living page, whose versions stay; agreed by leder and veileder.
CREATE TABLE utdanningsplan (
  id uuid PRIMARY KEY,
  lis_id uuid NOT NULL REFERENCES lis,
  versjon integer NOT NULL CHECK (versjon > 0),
  innhold jsonb NOT NULL,
  skrevet_av uuid NOT NULL REFERENCES bruker,
  at timestamptz NOT NULL,
  UNIQUE (lis_id, versjon)
);
CREATE TRIGGER utdanningsplan_uforanderlig BEFORE UPDATE OR DELETE ON utdanningsplan FOR EACH ROW EXECUTE FUNCTION nekt_endring();
CREATE TRIGGER utdanningsplan_tommes_ikke BEFORE TRUNCATE ON utdanningsplan FOR EACH STATEMENT EXECUTE FUNCTION nekt_endring();
CREATE TABLE utdanningsplan_enighet (
  utdanningsplan_id uuid NOT NULL REFERENCES utdanningsplan,
  av uuid NOT NULL REFERENCES bruker,
  rolle text NOT NULL CHECK (rolle IN ('lis', 'leder', 'veileder')),
  at timestamptz NOT NULL,
  PRIMARY KEY (utdanningsplan_id, rolle)
);
CREATE TRIGGER utdanningsplan_enighet_uforanderlig BEFORE UPDATE OR DELETE ON utdanningsplan_enighet FOR EACH ROW EXECUTE FUNCTION nekt_endring();
CREATE TRIGGER utdanningsplan_enighet_tommes_ikke BEFORE TRUNCATE ON utdanningsplan_enighet FOR EACH STATEMENT EXECUTE FUNCTION nekt_endring();

-- The leder's confirmation that the service is done; its PDF can be made again from the row.
CREATE TABLE tjenestebekreftelse (
  id uuid PRIMARY KEY,
  lis_id uuid NOT NULL REFERENCES lis,
  av uuid NOT NULL REFERENCES bruker,
  fra date NOT NULL,
  til date NOT NULL,
  merknad text CHECK (length(merknad) BETWEEN 1 AND 1000),
  at timestamptz NOT NULL,
  CHECK (til >= fra),
  CHECK (av <> lis_id)
);
CREATE INDEX tjenestebekreftelse_lis ON tjenestebekreftelse (lis_id, at);
CREATE TRIGGER tjenestebekreftelse_uforanderlig BEFORE UPDATE OR DELETE ON tjenestebekreftelse FOR EACH ROW EXECUTE FUNCTION nekt_endring();
CREATE TRIGGER tjenestebekreftelse_tommes_ikke BEFORE TRUNCATE ON tjenestebekreftelse FOR EACH STATEMENT EXECUTE FUNCTION nekt_endring();

-- The LIS can be shown who opened these too.
ALTER TABLE innsyn DROP CONSTRAINT innsyn_objekt_check,
  ADD CONSTRAINT innsyn_objekt_check CHECK (objekt IN ('samtale', 'laeringsaktivitet', 'plan', 'utdanningsplan'));

GRANT SELECT ON laeringsaktivitet, laeringsaktivitet_mal, signeringskode, anbefaling, maloppnaelse, fravaer TO lisk_web, lisk_worker;
GRANT SELECT ON utdanningsplan, utdanningsplan_enighet, tjenestebekreftelse TO lisk_web;
GRANT INSERT ON laeringsaktivitet, laeringsaktivitet_mal, signeringskode, anbefaling, maloppnaelse, fravaer TO lisk_web;
GRANT INSERT ON utdanningsplan, utdanningsplan_enighet, tjenestebekreftelse TO lisk_web;
GRANT UPDATE (krav_id, slag, kurs, status, dato, sted, tekst, refleksjon, nivaa, supervisor_id, invitasjon_id, versjon, endret_at, sendt_at,
  avgjort_at, avgjort_av, grunn, tilbakemelding, signert_hash) ON laeringsaktivitet TO lisk_web;
GRANT DELETE ON laeringsaktivitet, laeringsaktivitet_mal TO lisk_web;
GRANT UPDATE (brukt_at, brukt_av, bekreftet_at, avvist_at) ON signeringskode TO lisk_web;
GRANT UPDATE (trukket_at) ON anbefaling TO lisk_web;
GRANT UPDATE (katalog_id, status, fullfort_dato, kommentar, ny_vurdering, sendt_at, avgjort_at, avgjort_av, avgjort_rolle, grunn, uten, uten_tekst,
  bekreftet_at, bekreftet_av, versjon) ON maloppnaelse TO lisk_web;
GRANT UPDATE (slettet_at) ON fravaer TO lisk_web;
GRANT UPDATE (status, katalog_id, paabegynt_at, fullfort_at, delt_at, behandlet_at, inaktiv_at, arkivert_at) ON plan_tildeling TO lisk_web;
GRANT DELETE ON plan_tildeling TO lisk_web;
GRANT UPDATE (status, inaktiv_at) ON plan_tildeling TO lisk_worker;
GRANT SELECT, DELETE ON signeringskode TO lisk_worker;

-- Down Migration
