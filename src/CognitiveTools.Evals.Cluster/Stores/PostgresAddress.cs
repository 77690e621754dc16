using Npgsql;

namespace CognitiveTools.Evals.Cluster.Stores;

/// <summary>The address of a PostgreSQL database, as users write it.</summary>
internal static class PostgresAddress
{
    /// <summary>Reads <c>HOST:PORT/DATABASE</c>, or a connection string of Npgsql.</summary>
    /// <exception cref="ArgumentException">It is neither. The message does not repeat the text, which may hold a password.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        var connection = text.Contains('=', StringComparison.Ordinal) ? FromConnectionString(text) : FromAddress(text);
        connection.SearchPath = PostgresScript.Schema;
        connection.ApplicationName ??= "cogtools";
        return connection;
    }

    private static NpgsqlConnectionStringBuilder FromAddress(string text)
    {
        if (!Uri.TryCreate("postgres://" + text, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.Port <= 0
            || uri.AbsolutePath.Length < 2 || uri.AbsolutePath.AsSpan(1).Contains('/')
            || (uri.UserInfo + uri.Query + uri.Fragment).Length > 0)
        {
            throw new ArgumentException(
                "The address of the PostgreSQL database cannot be read. Give HOST:PORT/DATABASE, or a connection string: "
                + "Host=...;Port=...;Database=...;Username=...;Password=...");
        }

        return new() { Host = uri.DnsSafeHost, Port = uri.Port, Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]) };
    }

    private static NpgsqlConnectionStringBuilder FromConnectionString(string text)
    {
        var connection = TryRead(text) ?? throw new ArgumentException(
            "The connection string of the PostgreSQL database cannot be read. Check its keywords (those of Npgsql), and put a value with a "
            + "semicolon or a quote in quotes.");
        return connection is { Host.Length: > 0, Database.Length: > 0 }
            ? connection
            : throw new ArgumentException("The connection string of the PostgreSQL database lacks Host=... or Database=... Add it.");
    }

    // The library's messages repeat parts of the text.
    private static NpgsqlConnectionStringBuilder? TryRead(string text)
    {
        try
        {
            return new(text);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            return null;
        }
    }
}
