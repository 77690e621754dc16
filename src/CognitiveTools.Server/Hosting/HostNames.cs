using System.Net;

namespace CognitiveTools.Server.Hosting;

/// <summary>
/// The names that the server answers to. A name that resolves to this machine may belong to a web site (DNS rebinding), whose page
/// then speaks for its visitor; an address cannot.
/// </summary>
/// <param name="address">Where the server listens.</param>
/// <param name="others">Further names.</param>
internal sealed class HostNames(IPAddress address, IReadOnlyList<string> others)
{
    public bool Include(string host) =>
        others.Contains(host, StringComparer.OrdinalIgnoreCase)
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.IsLoopback(address)
            ? IPAddress.TryParse(host, out var local) && IPAddress.IsLoopback(local)
            : IPAddress.TryParse(host, out _) || host.Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase));
}
