using System.Net;
using System.Net.Sockets;

namespace CognitiveTools.Evals.Cluster.Hosting;

/// <summary>Finds ports that nobody listens at.</summary>
internal static class FreePorts
{
    /// <summary>Two different ones. Another program may take them before they are used; the listener then fails.</summary>
    public static (int First, int Second) Two(IPAddress address)
    {
        using var first = Listen(address);
        using var second = Listen(address);
        return (PortOf(first), PortOf(second));
    }

    private static TcpListener Listen(IPAddress address)
    {
        var listener = new TcpListener(address, 0);
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
