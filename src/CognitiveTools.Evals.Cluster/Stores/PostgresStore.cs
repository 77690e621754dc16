using System.Net;
using System.Net.Sockets;
using Npgsql;
using Orleans.Hosting;

namespace CognitiveTools.Evals.Cluster.Stores;

/// <summary>A PostgreSQL database.</summary>
/// <param name="address"><c>HOST:PORT/DATABASE</c>, or a connection string of Npgsql.</param>
internal sealed class PostgresStore(string address) : IMemberStore
{
    private const string Provider = "Npgsql"; // Orleans' name for it

    private const string LogOn =
        "Check user, password and encryption: in the connection string, or in PGUSER and PGPASSWORD or PGPASSFILE.";

    private readonly NpgsqlConnectionStringBuilder _connection = PostgresAddress.Parse(address);

    public string Place => $"through PostgreSQL at {_connection.Host}:{_connection.Port}/{_connection.Database}";

    public Task PrepareAsync(CancellationToken cancellationToken) =>
        PostgresScript.ApplyAsync(_connection.ConnectionString, cancellationToken);

    public void AddTo(ISiloBuilder silo, IPEndPoint own) => silo.UseAdoNetClustering(
        store => (store.Invariant, store.ConnectionString) = (Provider, _connection.ConnectionString));

    public void AddTo(IClientBuilder client) => client.UseAdoNetClustering(
        store => (store.Invariant, store.ConnectionString) = (Provider, _connection.ConnectionString));

    public string Explain(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is PostgresException refused)
                return With(refused.MessageText, Remedy(refused.SqlState));
            if (cause is NpgsqlException)
            {
                return With(cause.Message, cause.InnerException is SocketException or TimeoutException or IOException
                    ? "Start the server, or correct its address."
                    : LogOn);
            }
        }

        return fault.Message;
    }

    private string? Remedy(string state) => state switch
    {
        PostgresErrorCodes.InsufficientPrivilege =>
            "Let a role that may do so apply the script that `cogtools cluster sql` prints, and grant the rights that it names; or grant "
            + $"CREATE on the database {_connection.Database} to this role.",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => LogOn,
        PostgresErrorCodes.InvalidCatalogName => $"Create it (CREATE DATABASE {_connection.Database}), or name another one.",
        _ => null,
    };

    private static string With(string message, string? remedy) =>
        remedy is null ? message : $"{message.TrimEnd('.')}. {remedy}";
}
