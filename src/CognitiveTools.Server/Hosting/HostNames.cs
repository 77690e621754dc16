using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace CognitiveTools.Server.Hosting;

/// <summary>
/// The names that the server answers to, and the origins that count as its own. A name that resolves to this machine may belong to a
/// web site (DNS rebinding), whose page then speaks for its visitor; an address cannot.
/// </summary>
/// <param name="address">Where the server listens.</param>
/// <param name="others">Further names.</param>
internal sealed class HostNames(IPAddress address, IReadOnlyList<string> others)
{
    public bool Include(string host) =>
        others.Contains(host, StringComparer.OrdinalIgnoreCase)
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.IsLoopback(address)
            ? AddressOf(host) is { } local && IPAddress.IsLoopback(local)
            : AddressOf(host) is not null || host.Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Whether a page of this origin may ask: it has one of the server's names and the port that the request was sent to. A further
    /// name may have any port, because a proxy may stand there.
    /// </summary>
    /// <param name="origin">The header <c>Origin</c> as it was sent.</param>
    /// <param name="asked">The header <c>Host</c> of the same request.</param>
    public bool IncludeOrigin(string origin, HostString asked) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && (page.Scheme == Uri.UriSchemeHttp || page.Scheme == Uri.UriSchemeHttps)
        && origin.Equals(page.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
        && Include(page.Host)
        && (others.Contains(page.Host, StringComparer.OrdinalIgnoreCase)
            || page.Port == (asked.Port ?? (page.Scheme == Uri.UriSchemeHttps ? 443 : 80)));

    // Only the usual form of an address: 2130706433 and 0x7f.1 are 127.0.0.1 to some programs and a name to others.
    private static IPAddress? AddressOf(string host) =>
        IPAddress.TryParse(host, out var read) && (read.AddressFamily == AddressFamily.InterNetworkV6 || host == read.ToString())
            ? read : null;
}
