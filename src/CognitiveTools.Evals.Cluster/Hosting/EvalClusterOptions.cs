using System.Net;
using CognitiveTools.Evals.Cluster.Stores;

namespace CognitiveTools.Evals.Cluster.Hosting;

/// <summary>A cluster that runs evaluations: where its members find each other, and how they may talk.</summary>
public sealed record EvalClusterOptions
{
    /// <summary>
    /// The Redis server in which the members find each other, in the form of StackExchange.Redis: <c>HOST:PORT</c> and options after
    /// commas. Without it and without <see cref="Postgres"/> the cluster is this process alone, which needs no store.
    /// </summary>
    public string? Redis { get; init; }

    /// <summary>
    /// The PostgreSQL database in which the members find each other: <c>HOST:PORT/DATABASE</c>, with user and password from Npgsql's
    /// variables (<c>PGUSER</c>, <c>PGPASSWORD</c>, <c>PGPASSFILE</c>), or a connection string of Npgsql. Members make their tables, in the
    /// schema <c>cogtools</c>, if they may. <see langword="null"/> for none.
    /// </summary>
    public string? Postgres { get; init; }

    /// <summary>Name of the cluster: members of one store with different names do not see each other.</summary>
    /// <value>The default is <c>cogtools</c>.</value>
    public string Name { get; init; } = "cogtools";

    /// <summary>The address at which this process listens, and under which the others reach it.</summary>
    /// <value>The default is loopback. Anything else needs <see cref="Secret"/> or <see cref="Certificate"/>.</value>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Port for other silos; the next one is for workers. 0 takes free ones.</summary>
    /// <value>The default is 0.</value>
    public int Port { get; init; }

    /// <summary>
    /// A text that all members know. A connection is refused unless both sides prove that they know it; it is not sent.
    /// <see langword="null"/> for none.
    /// </summary>
    public string? Secret { get; init; }

    /// <summary>
    /// A file with a certificate and its private key (PEM, or PFX without a password), the same for all members: connections are encrypted
    /// and admit no other certificate. <see langword="null"/> for no encryption.
    /// </summary>
    public string? Certificate { get; init; }

    /// <summary>Whether this process can own runs. It must then reach the folders of runs under the same paths as the others.</summary>
    /// <value>The default is <see langword="true"/>; a worker beside a model may set <see langword="false"/>.</value>
    public bool IsSilo { get; init; } = true;

    /// <summary>Whether this process runs units.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Works { get; init; } = true;

    /// <summary>How long a unit stays with a worker that gives no sign; after that another worker gets it.</summary>
    /// <value>The default is one minute.</value>
    public TimeSpan LeaseTime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>After a request to end: how long units in flight may go on before they are given back.</summary>
    /// <value>The default is 20 seconds.</value>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a silo waits for a sign of another one; three that are missed, seen by two silos, end its membership.</summary>
    /// <value>The default is 5 seconds, which are Orleans' own.</value>
    public TimeSpan ProbeTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The store where the members find each other.</summary>
    /// <exception cref="ArgumentException">There are two stores, or the address of one cannot be read.</exception>
    internal IMemberStore Store => (Redis, Postgres) switch
    {
        (null, null) => new LoopbackStore(),
        ({ } redis, null) => new RedisStore(redis),
        (null, { } postgres) => new PostgresStore(postgres),
        _ => throw new ArgumentException(
            $"The members of a cluster meet in one store. Set {nameof(Redis)} or {nameof(Postgres)}, and leave the other one out."),
    };

    internal bool HasStore => Redis is not null || Postgres is not null;

    /// <summary>Name and address. A store and a secret are left out, because passwords do not belong into logs.</summary>
    public override string ToString() =>
        $"{nameof(EvalClusterOptions)} {{ {nameof(Name)} = {Name}, {nameof(Address)} = {Address}, {nameof(Port)} = {Port} }}";

    /// <summary>Refuses options that contradict each other or would listen to everybody.</summary>
    /// <exception cref="ArgumentException">The message says what is wrong.</exception>
    internal void Validate()
    {
        _ = Store; // one, with an address that can be read
        if (!IPAddress.IsLoopback(Address) && !HasStore)
        {
            throw new ArgumentException(
                "A cluster without a store is one process and listens on loopback only. Name a Redis server or a PostgreSQL database, or "
                + "leave the address out.");
        }

        if (!IPAddress.IsLoopback(Address) && Secret is null && Certificate is null)
        {
            throw new ArgumentException(
                $"Whoever reaches {Address} could send results to the cluster. Give a shared secret or a certificate, or listen on "
                + "loopback.");
        }

        if (Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any))
        {
            throw new ArgumentException(
                $"{Address} is no address at which others can reach this process. Give that of one network interface.");
        }

        if (Secret is { Length: < SecretHandshake.FewestCharacters })
            throw new ArgumentException($"The shared secret has {Secret.Length} characters; it needs {SecretHandshake.FewestCharacters}.");
        if (!IsSilo && !HasStore)
            throw new ArgumentException("A worker needs the store of its cluster: a Redis server or a PostgreSQL database.");
        ArgumentOutOfRangeException.ThrowIfLessThan(LeaseTime, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(DrainTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(ProbeTime, TimeSpan.FromMilliseconds(100));
    }
}
