-- Up Migration
SET LOCAL lock_timeout = '5s';

-- SHA-256 of what was approved, its files too, as canonical JSON; the event of the approval holds the JSON. None: approved before this was kept.
ALTER TABLE maloppnaelse ADD COLUMN godkjent_hash bytea CHECK (length(godkjent_hash) = 32);

-- As in 0010; and what was approved stands as it was until the approval is withdrawn.
CREATE OR REPLACE FUNCTION maloppnaelse_overgang() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  godkjent text[] := '{fullfort_dato,kommentar,sendt_at,avgjort_at,avgjort_av,avgjort_rolle,grunn,uten,uten_tekst,godkjent_hash}';
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status NOT IN ('pagar', 'sendt') THEN
      RAISE EXCEPTION 'maloppnaelse %: begins as pagar or sendt', NEW.id USING ERRCODE = 'LK001';
    END IF;
    NEW.godkjent_hash := NULL;
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
  IF OLD.status = 'godkjent' AND NEW.status = 'godkjent' AND EXISTS (
       SELECT FROM unnest(godkjent) felt WHERE (to_jsonb(NEW) -> felt) IS DISTINCT FROM (to_jsonb(OLD) -> felt)) THEN
    RAISE EXCEPTION 'maloppnaelse % is approved: what was approved cannot change', OLD.id USING ERRCODE = 'LK001';
  END IF;
  IF NEW.status <> 'godkjent' THEN
    NEW.godkjent_hash := NULL;
  END IF;
  NEW.versjon := OLD.versjon + 1;
  RETURN NEW;
END
$$;

-- As in 0011; and none begins to arrive at what is settled.
CREATE OR REPLACE FUNCTION fil_overgang() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  -- Until it has arrived its size and kind are not known.
  fast text[] := '{id,lis_id,opplastet_av,navn,kategori,beskrivelse,samtale_id,kode,aktivitet_id,created_at}';
BEGIN
  IF TG_OP = 'DELETE' THEN
    -- A draft that is deleted takes its files with it; else only what never arrived leaves no row.
    IF OLD.status = 'laster' OR (OLD.aktivitet_id IS NOT NULL AND NOT EXISTS (SELECT FROM laeringsaktivitet WHERE id = OLD.aktivitet_id)) THEN
      RETURN OLD;
    END IF;
    RAISE EXCEPTION 'fil % is %: its row stays', OLD.id, OLD.status USING ERRCODE = 'LK001';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'laster' THEN
      RAISE EXCEPTION 'fil %: begins as laster', NEW.id USING ERRCODE = 'LK001';
    END IF;
    IF NEW.samtale_id IS NOT NULL AND NOT EXISTS (SELECT FROM samtale WHERE id = NEW.samtale_id AND lis_id = NEW.lis_id)
       OR NEW.aktivitet_id IS NOT NULL AND NOT EXISTS (SELECT FROM laeringsaktivitet WHERE id = NEW.aktivitet_id AND lis_id = NEW.lis_id) THEN
      RAISE EXCEPTION 'fil %: what it belongs to is another LIS''', NEW.id USING ERRCODE = 'LK001';
    END IF;
    IF fil_kobling_laast(NEW.lis_id, NEW.samtale_id, NEW.kode, NEW.aktivitet_id) THEN
      RAISE EXCEPTION 'fil %: what it belongs to is settled', NEW.id USING ERRCODE = 'LK001';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.slettet_at IS NOT NULL THEN
    RAISE EXCEPTION 'fil % is deleted: nothing in it can change', OLD.id USING ERRCODE = 'LK001';
  END IF;
  IF OLD.status <> 'laster' THEN
    fast := fast || '{type,storrelse,sha256}'::text[];
  END IF;
  IF EXISTS (SELECT FROM unnest(fast) felt WHERE (to_jsonb(NEW) -> felt) IS DISTINCT FROM (to_jsonb(OLD) -> felt)) THEN
    RAISE EXCEPTION 'fil % is %: its content cannot change', OLD.id, OLD.status USING ERRCODE = 'LK001';
  END IF;
  IF NEW.status <> OLD.status AND NOT (
       (OLD.status = 'laster' AND NEW.status IN ('sjekkes', 'klar'))
    OR (OLD.status = 'sjekkes' AND NEW.status IN ('klar', 'avvist'))
  ) THEN
    RAISE EXCEPTION 'fil %: % to % is no transition', OLD.id, OLD.status, NEW.status USING ERRCODE = 'LK001';
  END IF;
  -- What arrives late, or is taken away, must not touch what has been sent, signed or finished. What the scanner refused was never a part of it.
  IF (OLD.status = 'laster' OR (NEW.slettet_at IS NOT NULL AND OLD.status <> 'avvist'))
     AND fil_kobling_laast(OLD.lis_id, OLD.samtale_id, OLD.kode, OLD.aktivitet_id) THEN
    RAISE EXCEPTION 'fil %: what it belongs to is settled', OLD.id USING ERRCODE = 'LK001';
  END IF;
  RETURN NEW;
END
$$;

GRANT UPDATE (godkjent_hash) ON maloppnaelse TO lisk_web;

-- Down Migration
