-- Up Migration
SET LOCAL lock_timeout = '5s';

-- What the pages of læring ask for, however many LIS there are. The plans of one LIS, archived ones too:
CREATE INDEX plan_tildeling_lis ON plan_tildeling (lis_id, tildelt_at);
-- who is on a version of the catalogue, those assigned first:
CREATE INDEX plan_tildeling_katalog ON plan_tildeling (katalog_id, tildelt_at, id) WHERE status <> 'arkivert';
-- the case queue of Helsedirektoratet, and what was dealt with last:
CREATE INDEX plan_tildeling_saker ON plan_tildeling (delt_at, id) WHERE status = 'delt' AND behandlet_at IS NULL;
CREATE INDEX plan_tildeling_behandlet ON plan_tildeling (behandlet_at DESC, id) WHERE status = 'delt' AND behandlet_at IS NOT NULL;
-- what a supervisør decided on last:
CREATE INDEX laeringsaktivitet_vurdert ON laeringsaktivitet (supervisor_id, avgjort_at DESC, id) WHERE status IN ('signert', 'underkjent');

-- As before, by looking up: PostgreSQL answers NOT EXISTS here from a hash of everybody's recommendations.
CREATE OR REPLACE FUNCTION maloppnaelse_mangler(p_lis uuid, p_kode text, p_katalog uuid)
RETURNS TABLE (krav integer, veileder boolean, supervisor boolean) LANGUAGE sql STABLE AS $$
  SELECT
    (SELECT count(*)::integer FROM katalog_krav k
      WHERE k.katalog_id = p_katalog AND k.kode = p_kode AND NOT EXISTS (
        SELECT FROM laeringsaktivitet a WHERE a.lis_id = p_lis AND a.krav_id = k.krav_id AND a.status IN ('signert', 'registrert'))),
    coalesce((SELECT false FROM anbefaling a WHERE a.lis_id = p_lis AND a.kode = p_kode AND a.rolle = 'veileder' AND a.trukket_at IS NULL LIMIT 1), true),
    coalesce((SELECT false FROM anbefaling a WHERE a.lis_id = p_lis AND a.kode = p_kode AND a.rolle = 'supervisor' AND a.trukket_at IS NULL LIMIT 1), true)
$$;

-- Down Migration
