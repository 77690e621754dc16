using System.Diagnostics;
using System.Globalization;
using CognitiveTools.Evals.Cluster.Hosting;
using CognitiveTools.Programs;
using Npgsql;

namespace CognitiveTools.Lab.Bench.Clusters;

/// <summary>A PostgreSQL server with a database and its owner. It survives a kill of its processes with its data.</summary>
/// <param name="program">The program <c>postgres</c>, with <c>initdb</c> beside it.</param>
internal sealed class PostgresProgram(string program) : IStoreProgram
{
    /// <summary>Why there is no server where <see cref="Find"/> finds none.</summary>
    public const string Missing = $"There is no PostgreSQL on this machine (Debian: apt-get install postgresql, or {Variable}=FILE).";

    private const string Variable = "COGTOOLS_POSTGRES_SERVER"; // names the program
    private const string Packages = "/usr/lib/postgresql"; // Debian's, one folder for a version; not on the search path
    private const string Owner = "owner";
    private const string Password = "password of the tests";
    private const string Nobody = "65534"; // PostgreSQL does not run as root

    /// <summary>The program; <see langword="null"/> where there is none.</summary>
    public static PostgresProgram? Find()
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        return (named is { Length: > 0 } ? named : ProgramPath.Find("postgres") ?? Packaged()) is { } file ? new(file) : null;
    }

    public async Task PrepareAsync(string folder, CancellationToken cancellationToken)
    {
        var password = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(password, Password, cancellationToken);
        if (Environment.IsPrivilegedProcess)
            await RunAsync(new("chown", ["-R", $"{Nobody}:{Nobody}", folder]), cancellationToken);
        var initdb = Path.Combine(Path.GetDirectoryName(program)!, "initdb");
        await RunAsync(
            Start(initdb, "--pgdata", Data(folder), "--username", Owner, "--pwfile", password, "--auth", "scram-sha-256", "--no-sync"),
            cancellationToken);
    }

    // The data need not survive the machine.
    public ProcessStartInfo Server(string folder, int port) => Start(
        program, "-D", Data(folder), "-p", port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1",
        "-c", "unix_socket_directories=", "-c", "fsync=off");

    public async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(Address(port) + ";Pooling=false");
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false; // also while it recovers its data
        }
    }

    public EvalClusterOptions Use(EvalClusterOptions cluster, int port) => cluster with { Postgres = Address(port) };

    private static string Address(int port) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Database = "postgres",
        Username = Owner,
        Password = Password,
    }.ConnectionString;

    private static string Data(string folder) => Path.Combine(folder, "data");

    private static string? Packaged() => !Directory.Exists(Packages)
        ? null
        : Directory.GetDirectories(Packages).Select(static version => Path.Combine(version, "bin", "postgres")).Where(File.Exists).Max();

    // setpriv becomes the program, so that a kill meets it.
    private static ProcessStartInfo Start(string file, params string[] arguments) => Environment.IsPrivilegedProcess
        ? new("setpriv", [$"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", file, .. arguments])
        : new(file, arguments);

    private static async Task RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} could not be started.");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = await process.StandardError.ReadToEndAsync(cancellationToken);
        await output;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', [start.FileName, .. start.ArgumentList])}: {error.Trim()}");
    }
}
