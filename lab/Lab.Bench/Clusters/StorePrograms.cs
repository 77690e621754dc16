namespace CognitiveTools.Lab.Bench.Clusters;

/// <summary>The kinds of stores that are on this machine, by name.</summary>
internal static class StorePrograms
{
    public const string Redis = "redis";
    public const string Postgres = "postgres";

    /// <summary>The names of all kinds.</summary>
    public static IReadOnlyList<string> Names { get; } = [Redis, Postgres];

    /// <summary>The kind; <see langword="null"/> where its program is missing.</summary>
    public static IStoreProgram? Find(string name) => name switch
    {
        Redis => RedisProgram.Find(),
        Postgres => PostgresProgram.Find(),
        _ => throw Unknown(name),
    };

    /// <summary>Why there is no store where <see cref="Find"/> finds none.</summary>
    public static string Missing(string name) => name switch
    {
        Redis => RedisProgram.Missing,
        Postgres => PostgresProgram.Missing,
        _ => throw Unknown(name),
    };

    private static ArgumentException Unknown(string name) =>
        new($"There is no kind of store '{name}'; it is one of {string.Join(", ", Names)}.");
}
