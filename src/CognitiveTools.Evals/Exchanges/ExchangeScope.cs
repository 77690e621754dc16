using Microsoft.Extensions.AI;

namespace CognitiveTools.Evals.Exchanges;

/// <summary>
/// Collects what one unit asks its chat model. A scope belongs to the asynchronous flow that began it, so units in flight at
/// once do not mix.
/// </summary>
internal sealed class ExchangeScope : IDisposable
{
    private static readonly AsyncLocal<ExchangeScope?> Ambient = new();

    private readonly Lock _gate = new();
    private readonly List<Exchange> _exchanges = [];
    private readonly List<IReadOnlyList<ChatMessage>> _requests = [];
    private readonly ExchangeScope? _outer = Ambient.Value;

    private ExchangeScope() => Ambient.Value = this;

    /// <summary>The scope of the present flow; <see langword="null"/> outside of any.</summary>
    public static ExchangeScope? Current => Ambient.Value;

    /// <summary>Requests that were sent again after a transport fault.</summary>
    public int Retries { get; private set; }

    /// <summary>The exchanges so far, in order of their responses.</summary>
    public IReadOnlyList<Exchange> Exchanges
    {
        get
        {
            lock (_gate)
                return [.. _exchanges];
        }
    }

    /// <summary>The messages of the requests so far.</summary>
    public IReadOnlyList<IReadOnlyList<ChatMessage>> Requests
    {
        get
        {
            lock (_gate)
                return [.. _requests];
        }
    }

    public static ExchangeScope Begin() => new();

    public void Add(IReadOnlyList<ChatMessage> request, Exchange exchange)
    {
        lock (_gate)
        {
            _requests.Add(request);
            _exchanges.Add(exchange);
        }
    }

    public void CountRetry()
    {
        lock (_gate)
            Retries++;
    }

    public void Dispose() => Ambient.Value = _outer;
}
