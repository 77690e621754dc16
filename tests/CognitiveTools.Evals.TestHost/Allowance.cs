namespace CognitiveTools.Evals.TestHost;

/// <summary>How many units are answered; every further one waits.</summary>
internal sealed class Allowance(int units)
{
    private int _taken;

    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (Interlocked.Increment(ref _taken) > units)
            await Task.Delay(Timeout.Infinite, cancellationToken);
    }
}
