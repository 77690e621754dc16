using System.Net;
using CognitiveTools.Evals.Cluster.Hosting;
using CognitiveTools.Evals.Cluster.Stores;
using Npgsql;

namespace CognitiveTools.Evals.Cluster.Tests.Stores;

/// <summary>How members make their tables in a PostgreSQL database, and what they say when they cannot.</summary>
public sealed class PostgresStoreTests(PostgresFixture server) : IClassFixture<PostgresFixture>
{
    private const string Password = "hunter2";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_script_can_be_applied_again_and_keeps_what_is_there()
    {
        var database = await server.DatabaseAsync(Token);
        await PostgresScript.ApplyAsync(database.ConnectionString, Token);
        await PostgresFixture.ExecuteAsync(database, "INSERT INTO cogtools.clusters VALUES ('kept', 7)", Token);

        await PostgresFixture.ExecuteAsync(database, PostgresScript.Text, Token);
        await PostgresScript.ApplyAsync(database.ConnectionString, Token);

        Assert.Equal(7, await PostgresFixture.ReadAsync(database, "SELECT version FROM cogtools.clusters", Token));
        Assert.Equal(10L, await PostgresFixture.ReadAsync(database, "SELECT count(*) FROM cogtools.orleansquery", Token));
        Assert.Equal(PostgresScript.Version, await PostgresFixture.ReadAsync(database, "SELECT version FROM cogtools.script", Token));
    }

    [Fact]
    public async Task Members_that_start_at_once_do_not_disturb_each_other()
    {
        var database = await server.DatabaseAsync(Token);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostgresFixture.ExecuteAsync(database, PostgresScript.Text, Token)));

        Assert.Equal(10L, await PostgresFixture.ReadAsync(database, "SELECT count(*) FROM cogtools.orleansquery", Token));
    }

    [Fact]
    public async Task A_role_that_may_not_make_tables_is_told_who_can_help()
    {
        var stranger = await server.RoleAsync(await server.DatabaseAsync(Token), Password, Token);

        var refusal = await RefusalAsync(stranger);

        Assert.Contains("permission denied for database", refusal, StringComparison.Ordinal);
        Assert.Contains("`cogtools cluster sql`", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_with_the_rights_that_the_script_names_is_enough_once_the_tables_are_there()
    {
        var database = await server.DatabaseAsync(Token);
        var role = await server.RoleAsync(database, Password, Token);
        await PostgresFixture.ExecuteAsync(database, PostgresScript.Text, Token);
        Assert.Contains("`cogtools cluster sql`", await RefusalAsync(role), StringComparison.Ordinal);

        const string Grant = "--     GRANT ";
        string[] lines = [.. PostgresScript.Text.Split('\n').Where(static line => line.StartsWith(Grant, StringComparison.Ordinal))];
        Assert.Equal(2, lines.Length);
        var grants = string.Concat(lines).Replace("--", "", StringComparison.Ordinal);
        await PostgresFixture.ExecuteAsync(
            database, grants.Replace("members;", role.Username + ";", StringComparison.Ordinal), Token);
        var cluster = Cluster(role);
        await using var silo = await ClusterNode.StartAsync(cluster, TimeProvider.System, cancellationToken: Token);
        await using var client = await ClusterNode.StartAsync(
            cluster with { IsSilo = false }, TimeProvider.System, cancellationToken: Token);

        Assert.Equal(1L, await PostgresFixture.ReadAsync(database, "SELECT count(*) FROM cogtools.members", Token));
    }

    [Fact]
    public async Task A_wrong_password_is_not_repeated()
    {
        var role = await server.RoleAsync(await server.DatabaseAsync(Token), "another one", Token);
        role.Password = Password;

        Assert.Contains("PGPASSWORD", await RefusalAsync(role), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_missing_is_named()
    {
        var database = await server.DatabaseAsync(Token);
        database.Database = "nowhere";

        Assert.Contains("CREATE DATABASE nowhere", await RefusalAsync(database), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_version_of_the_tables_is_left_alone()
    {
        var database = await server.DatabaseAsync(Token);
        await PostgresScript.ApplyAsync(database.ConnectionString, Token);
        await PostgresFixture.ExecuteAsync(database, "UPDATE cogtools.script SET version = version + 1", Token);

        Assert.Contains("Use a newer program", await RefusalAsync(database), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_away_is_named_with_its_address()
    {
        var port = FreePorts.Two(IPAddress.Loopback).First;
        var away = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Database = "runs", Password = Password };

        var refusal = await RefusalAsync(away);

        Assert.Contains($"through PostgreSQL at 127.0.0.1:{port}/runs", refusal, StringComparison.Ordinal);
        Assert.Contains("Start the server", refusal, StringComparison.Ordinal);
    }

    private static EvalClusterOptions Cluster(NpgsqlConnectionStringBuilder connection) => new() { Postgres = connection.ConnectionString };

    private static async Task<string> RefusalAsync(NpgsqlConnectionStringBuilder connection)
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => ClusterNode.StartAsync(Cluster(connection), TimeProvider.System, cancellationToken: Token));
        Assert.DoesNotContain(Password, refused.ToString(), StringComparison.Ordinal);
        return refused.Message;
    }
}
