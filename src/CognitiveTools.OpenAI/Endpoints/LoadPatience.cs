using System.Net;
using CognitiveTools.OpenAI.Answers;

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>Waits for a server that loads its model, up to <see cref="OpenAICompatibleOptions.LoadTimeout"/>. One per request.</summary>
internal sealed class LoadPatience(OpenAICompatibleOptions options, TimeProvider time)
{
    private static readonly TimeSpan Forever = TimeSpan.FromDays(365);
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly long _start = time.GetTimestamp();
    private TimeSpan _delay = First;

    /// <summary>Waits before the next attempt.</summary>
    /// <returns><see langword="false"/> when the server does not say that it loads a model.</returns>
    /// <exception cref="HttpRequestException">The time is over.</exception>
    public async ValueTask<bool> WaitAsync(Exception thrown, CancellationToken cancellationToken)
    {
        if (!EndpointOutcome.IsLoading(thrown))
            return false;
        var left = options.LoadTimeout - time.GetElapsedTime(_start);
        if (left <= TimeSpan.Zero)
        {
            var fault = new HttpRequestException(
                $"{options.Endpoint} still loads its model after {options.LoadTimeout.TotalSeconds:0.#} seconds "
                    + $"({ServerMessage.Of(EndpointOutcome.TextOf(thrown, 503) ?? "")}). Wait for it, or raise "
                    + $"{options.NameOf(nameof(options.LoadTimeout))}.",
                thrown, HttpStatusCode.ServiceUnavailable);
            fault.Data[EndpointFault.RetryAfter] = Forever; // whoever retries requests would wait as long again
            throw fault;
        }

        await Task.Delay(left < _delay ? left : _delay, time, cancellationToken).ConfigureAwait(false);
        _delay = _delay * 2 < Longest ? _delay * 2 : Longest;
        return true;
    }
}
