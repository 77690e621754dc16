using Npgsql;

namespace CognitiveTools.Evals.Cluster.Stores;

/// <summary>The script that makes the tables of clusters in a PostgreSQL database, and marks them with its version.</summary>
internal static class PostgresScript
{
    /// <summary>The schema that holds the tables.</summary>
    public const string Schema = "cogtools";

    /// <summary>The version of <see cref="Text"/>.</summary>
    public const int Version = 1;

    /// <summary>The script. It can be applied again, and by several at once.</summary>
    public static string Text { get; } = Read();

    /// <summary>Applies the script to a database that does not have it yet.</summary>
    /// <exception cref="InvalidOperationException">The database has a newer version.</exception>
    /// <exception cref="NpgsqlException">The server does not answer, or refuses.</exception>
    public static async Task ApplyAsync(string connectionString, CancellationToken cancellationToken)
    {
        if (await IsAppliedAsync(connectionString, cancellationToken))
            return;
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand(Text, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // Another role may have applied it in the meantime; its tables are not this role's to change.
            if (!await IsAppliedAsync(connectionString, cancellationToken))
                throw;
        }
    }

    private static async Task<bool> IsAppliedAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"SELECT version FROM {Schema}.script", connection);
        try
        {
            var version = (int?)await command.ExecuteScalarAsync(cancellationToken);
            if (version > Version)
            {
                throw new InvalidOperationException(
                    $"The schema {Schema} of the database has version {version}; this program knows versions up to {Version}. "
                    + "Use a newer program, or another database.");
            }

            return version == Version;
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.UndefinedTable) // the schema may be missing, too
        {
            return false;
        }
    }

    private static string Read()
    {
        using var stream = typeof(PostgresScript).Assembly.GetManifestResourceStream("stores/postgres.sql")
            ?? throw new InvalidOperationException("This program was built without the file stores/postgres.sql.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
