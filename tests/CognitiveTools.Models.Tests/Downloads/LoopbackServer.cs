using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CognitiveTools.Models.Tests.Downloads;

/// <summary>A small HTTP server on loopback that answers as a test says, and can cut a connection in mid-body.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<HttpCall, HttpReply> _answer;
    private readonly Task _loop;

    public LoopbackServer(Func<HttpCall, HttpReply> answer)
    {
        _answer = answer;
        _listener.Start();
        Base = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _loop = AcceptAsync();
    }

    public Uri Base { get; }

    /// <summary>Every request so far, in order.</summary>
    public List<HttpCall> Calls { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await ServeAsync(client);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            var first = (await reader.ReadLineAsync(_stop.Token) ?? "").Split(' ');
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                headers[line[..colon]] = line[(colon + 1)..].Trim();
            }
            if (first.Length < 2)
                return;

            var call = new HttpCall(first[0], first[1], headers);
            Calls.Add(call);
            var reply = _answer(call);
            var head = new StringBuilder($"HTTP/1.1 {(int)reply.Status} {reply.Status}\r\nConnection: close\r\n");
            foreach (var (name, value) in reply.Headers)
                head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
            if (!reply.HideLength)
                head.Append(CultureInfo.InvariantCulture, $"Content-Length: {reply.Body.Length}\r\n");
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), _stop.Token);
            if (call.Method != "HEAD")
                await stream.WriteAsync(reply.Body.AsMemory(0, Math.Min(reply.CutAfter, reply.Body.Length)), _stop.Token);
            await stream.FlushAsync(_stop.Token);
            if (reply.StaysSilent)
                await Task.Delay(Timeout.Infinite, _stop.Token);
        }
        catch (IOException)
        {
            // The client hung up.
        }
    }
}

/// <summary>A request as it came.</summary>
internal sealed record HttpCall(string Method, string Path, IReadOnlyDictionary<string, string> Headers)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>An answer to send.</summary>
internal sealed record HttpReply(HttpStatusCode Status, byte[] Body)
{
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>Bytes of the body that are sent before the connection is closed.</summary>
    public int CutAfter { get; init; } = int.MaxValue;

    /// <summary>Whether the length is left unsaid, so that the end of the connection ends the body.</summary>
    public bool HideLength { get; init; }

    /// <summary>Whether the connection then stays open without a further byte.</summary>
    public bool StaysSilent { get; init; }

    public static HttpReply Of(HttpStatusCode status) => new(status, []);

    public static HttpReply Redirect(string location) => new(HttpStatusCode.Found, []) { Headers = { ["Location"] = location } };

    /// <summary>A file with an entity tag, honouring Range and If-Range as a content server does.</summary>
    public static HttpReply File(HttpCall call, byte[] content, string tag = "\"v1\"", bool ranges = true, int cutAfter = int.MaxValue)
    {
        if (!ranges || call.Header("Range") is not { } range || (call.Header("If-Range") is { } wanted && wanted != tag))
            return new HttpReply(HttpStatusCode.OK, content) { CutAfter = cutAfter, Headers = { ["ETag"] = tag } };
        var from = int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture);
        return from >= content.Length
            ? Of(HttpStatusCode.RequestedRangeNotSatisfiable)
            : new HttpReply(HttpStatusCode.PartialContent, content[from..])
            {
                CutAfter = cutAfter,
                Headers = { ["ETag"] = tag, ["Content-Range"] = $"bytes {from}-{content.Length - 1}/{content.Length}" },
            };
    }
}
