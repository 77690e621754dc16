-- Version 1 of the PostgreSQL tables in which the members of a CognitiveTools cluster find each other.
--
-- A member applies this script by itself when its role may create a schema in the database. Where it may not, a role that may
-- applies it once, and lets the members in:
--
--     cogtools cluster sql | psql -v ON_ERROR_STOP=1 "host=... dbname=... user=..."
--
--     GRANT USAGE ON SCHEMA cogtools TO members;
--     GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA cogtools TO members;
--
-- It may be applied again at any time. The provider of Microsoft.Orleans.Clustering.AdoNet sends the statements of cogtools.orleansquery;
-- it fixes their keys, their parameters (@...) and the columns that they return.

BEGIN ISOLATION LEVEL READ COMMITTED;

SET LOCAL client_min_messages = warning;

DO $make$
BEGIN
    -- One at a time: the letters of "cogtools" as a number. The lock ends with the transaction.
    PERFORM pg_advisory_xact_lock(7165059281953188979);
    IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'cogtools') THEN
        CREATE SCHEMA cogtools;
    END IF;
END
$make$;

-- Whoever changes a cluster's members states the version that it has read; another version means that somebody was faster.
CREATE TABLE IF NOT EXISTS cogtools.clusters (
    name text PRIMARY KEY,
    version integer NOT NULL
);

CREATE TABLE IF NOT EXISTS cogtools.members (
    cluster text NOT NULL REFERENCES cogtools.clusters (name) ON DELETE CASCADE,
    address text NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    gateway_port integer NOT NULL,
    silo_name text NOT NULL,
    host_name text NOT NULL,
    status integer NOT NULL,
    started timestamptz NOT NULL,
    alive timestamptz NOT NULL,
    suspected text,
    PRIMARY KEY (cluster, address, port, generation)
);

CREATE TABLE IF NOT EXISTS cogtools.orleansquery (
    querykey text PRIMARY KEY,
    querytext text NOT NULL
);

CREATE TABLE IF NOT EXISTS cogtools.script (
    is_only_row boolean PRIMARY KEY DEFAULT true CHECK (is_only_row),
    version integer NOT NULL
);

INSERT INTO cogtools.orleansquery (querykey, querytext) VALUES
(
    -- true: this member is the cluster's first
    'InsertMembershipVersionKey', $query$
    WITH first AS (
        INSERT INTO cogtools.clusters (name, version) VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING RETURNING name
    )
    SELECT EXISTS (SELECT FROM first)
    $query$
),
(
    -- true: the member is in, and the version is the next one; false: nothing has changed
    'InsertMembershipKey', $query$
    WITH next AS (
        UPDATE cogtools.clusters
        SET version = version + 1
        WHERE name = @DeploymentId AND version = @Version AND NOT EXISTS (
            SELECT FROM cogtools.members
            WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING name
    ),
    added AS (
        INSERT INTO cogtools.members
            (cluster, address, port, generation, gateway_port, silo_name, host_name, status, started, alive)
        SELECT name, @Address, @Port, @Generation, @ProxyPort, @SiloName, @HostName, @Status, @StartTime, @IAmAliveTime
        FROM next
        RETURNING cluster
    )
    SELECT EXISTS (SELECT FROM added)
    $query$
),
(
    -- true: the member is changed, and the version is the next one; false: nothing has changed
    'UpdateMembershipKey', $query$
    WITH next AS (
        UPDATE cogtools.clusters
        SET version = version + 1
        WHERE name = @DeploymentId AND version = @Version AND EXISTS (
            SELECT FROM cogtools.members
            WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING name
    ),
    changed AS (
        UPDATE cogtools.members
        SET status = @Status, suspected = @SuspectTimes, alive = @IAmAliveTime
        FROM next
        WHERE cluster = next.name AND address = @Address AND port = @Port AND generation = @Generation
        RETURNING cluster
    )
    SELECT EXISTS (SELECT FROM changed)
    $query$
),
(
    -- a sign of life; the version stays
    'UpdateIAmAlivetimeKey', $query$
    UPDATE cogtools.members
    SET alive = @IAmAliveTime
    WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
    $query$
),
(
    -- the version in each row, and one row without a member where there is none
    'MembershipReadAllKey', $query$
    SELECT
        c.version AS Version, m.address AS Address, m.port AS Port, m.generation AS Generation, m.gateway_port AS ProxyPort,
        m.silo_name AS SiloName, m.host_name AS HostName, m.status AS Status, m.started AS StartTime, m.alive AS IAmAliveTime,
        m.suspected AS SuspectTimes
    FROM cogtools.clusters c LEFT JOIN cogtools.members m ON m.cluster = c.name
    WHERE c.name = @DeploymentId
    $query$
),
(
    'MembershipReadRowKey', $query$
    SELECT
        c.version AS Version, m.address AS Address, m.port AS Port, m.generation AS Generation, m.gateway_port AS ProxyPort,
        m.silo_name AS SiloName, m.host_name AS HostName, m.status AS Status, m.started AS StartTime, m.alive AS IAmAliveTime,
        m.suspected AS SuspectTimes
    FROM cogtools.clusters c LEFT JOIN cogtools.members m
        ON m.cluster = c.name AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
    WHERE c.name = @DeploymentId
    $query$
),
(
    -- where clients connect; the provider asks for the status Active
    'GatewaysQueryKey', $query$
    SELECT address AS Address, gateway_port AS ProxyPort, generation AS Generation
    FROM cogtools.members
    WHERE cluster = @DeploymentId AND status = @Status AND gateway_port > 0
    $query$
),
(
    -- the members of a cluster go with it
    'DeleteMembershipTableEntriesKey', $query$
    DELETE FROM cogtools.clusters WHERE name = @DeploymentId
    $query$
),
(
    -- all that are dead (status 6) and were so at that time
    'CleanupDefunctSiloEntriesKey', $query$
    DELETE FROM cogtools.members
    WHERE cluster = @DeploymentId AND status = 6 AND greatest(started, alive) < @IAmAliveTime
    $query$
),
(
    -- one that is dead, unless it has changed since it was read
    'CleanupDefunctSiloEntryKey', $query$
    DELETE FROM cogtools.members
    WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation AND status = 6
        AND started = @StartTime AND alive = @IAmAliveTime AND suspected IS NOT DISTINCT FROM @SuspectTimes
    $query$
)
ON CONFLICT (querykey) DO UPDATE SET querytext = excluded.querytext;

INSERT INTO cogtools.script (version) VALUES (1)
ON CONFLICT (is_only_row) DO UPDATE SET version = excluded.version;

COMMIT;
