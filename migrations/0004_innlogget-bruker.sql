-- Up Migration
SET LOCAL lock_timeout = '5s';

-- What the portal knows of the person behind a session, in one row: the person, the roles and the relations, ended ones too.
-- No secret and no address is in it.
CREATE VIEW innlogget_bruker AS
SELECT
  b.id, b.brukernavn, b.navn, b.sprak, b.farge, b.status,
  EXISTS (SELECT FROM lis l WHERE l.bruker_id = b.id) AS er_lis,
  coalesce((
    SELECT jsonb_agg(jsonb_build_object('rolle', f.rolle, 'fra', f.fra, 'til', f.til) ORDER BY f.fra)
    FROM fast_rolle f WHERE f.bruker_id = b.id
  ), '[]') AS faste_roller,
  coalesce((
    SELECT jsonb_agg(jsonb_build_object('lisId', r.lis_id, 'rolle', r.rolle, 'fra', r.fra, 'til', r.til) ORDER BY r.fra)
    FROM relasjon r WHERE r.person_id = b.id
  ), '[]') AS relasjoner
FROM bruker b;

GRANT SELECT ON innlogget_bruker TO lisk_web, lisk_ws;

-- Down Migration
