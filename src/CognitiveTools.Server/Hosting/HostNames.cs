using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace CognitiveTools.Server.Hosting;

/// <summary>
/// The accepted host names and origins. A name that resolves to this machine may belong to a web site (DNS rebinding), whose pages
/// could then send requests for their visitors; an address cannot.
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
    /// Whether pages of this origin may send requests: the origin has one of the server's names and the port of the request. An
    /// additional name may have any port, because it may be a proxy's.
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

    // Only the usual form of an address: some programs read 2130706433 and 0x7f.1 as 127.0.0.1, others as a name.
    private static IPAddress? AddressOf(string host) =>
        IPAddress.TryParse(host, out var read) && (read.AddressFamily == AddressFamily.InterNetworkV6 || host == read.ToString())
            ? read : null;
}
