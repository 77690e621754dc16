using CognitiveTools.Evals.Cluster.Hosting;
using CognitiveTools.Lab.Bench.Clusters;
using Npgsql;

namespace CognitiveTools.Evals.Cluster.Tests.Stores;

/// <summary>One PostgreSQL server for a class of tests, with a database for each test.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private StoreServer? _server;
    private int _names;

    public async ValueTask InitializeAsync()
    {
        if (StorePrograms.Find(StorePrograms.Postgres) is { } program)
            _server = await StoreServer.StartAsync(program, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _server?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>An empty database, as its owner sees it.</summary>
    internal async Task<NpgsqlConnectionStringBuilder> DatabaseAsync(CancellationToken cancellationToken)
    {
        Assert.SkipWhen(_server is null, StorePrograms.Missing(StorePrograms.Postgres));
        var connection = new NpgsqlConnectionStringBuilder(_server!.Use(new EvalClusterOptions()).Postgres);
        var name = $"database{Interlocked.Increment(ref _names)}";
        await ExecuteAsync(connection, $"CREATE DATABASE {name}", cancellationToken);
        connection.Database = name;
        return connection;
    }

    /// <summary>A database as a new role sees it, which has no rights.</summary>
    internal async Task<NpgsqlConnectionStringBuilder> RoleAsync(
        NpgsqlConnectionStringBuilder database, string password, CancellationToken cancellationToken)
    {
        var name = $"role{Interlocked.Increment(ref _names)}";
        await ExecuteAsync(database, $"CREATE ROLE {name} LOGIN PASSWORD '{password}'", cancellationToken);
        return new(database.ConnectionString) { Username = name, Password = password };
    }

    internal static Task ExecuteAsync(NpgsqlConnectionStringBuilder database, string sql, CancellationToken cancellationToken) =>
        ReadAsync(database, sql, cancellationToken);

    internal static async Task<object?> ReadAsync(
        NpgsqlConnectionStringBuilder database, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
