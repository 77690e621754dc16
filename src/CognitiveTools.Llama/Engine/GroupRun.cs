using CognitiveTools.Latents;

namespace CognitiveTools.Llama.Engine;

/// <summary>
/// One step of several sequences of an engine, as one command: begins the members, waits for the group, reads the outcomes.
/// A member that cannot begin, or fails, has its error as its outcome. Used once, by its caller.
/// </summary>
internal sealed class GroupRun(LlamaEngine engine, int count)
{
    private readonly StepOutcome?[] _outcomes = new StepOutcome?[count];
    private readonly Job?[] _jobs = new Job?[count];

    /// <summary>Makes the job of a member.</summary>
    /// <param name="member">Index in the group.</param>
    /// <param name="sequence">The sequence, which is in use until <see cref="RunAsync"/> ends.</param>
    /// <param name="make">Makes the job; what it throws is the member's outcome.</param>
    internal void Add(int member, EngineSequence sequence, Func<EngineSequence, Job> make)
    {
        try
        {
            sequence.Enter();
            try
            {
                var job = make(sequence);
                if (job.Cancellation.IsCancellationRequested)
                {
                    job.End();
                    job.Cancellation.ThrowIfCancellationRequested();
                }

                _jobs[member] = job;
            }
            catch
            {
                sequence.Exit();
                throw;
            }
        }
#pragma warning disable CA1031 // a member's failure is its own: the others go on
        catch (Exception error)
        {
            _outcomes[member] = new(error);
        }
#pragma warning restore CA1031
    }

    /// <summary>Runs the members that could begin.</summary>
    internal async Task<IReadOnlyList<StepOutcome>> RunAsync()
    {
        Job[] jobs = [.. _jobs.OfType<Job>()];
        if (jobs.Length > 0)
        {
            var tokens = jobs.Select(static job => job.Cancellation).Distinct();
            var registrations = tokens.Select(token => token.UnsafeRegister(static state => ((LlamaEngine)state!).Post(default), engine)).ToArray();
            try
            {
                await engine.RunAsync(new JobGroup(jobs)).ConfigureAwait(false);
            }
            finally
            {
                foreach (var registration in registrations)
                    registration.Dispose();
                foreach (var job in jobs)
                    job.Sequence.Exit();
            }
        }

        for (var i = 0; i < _jobs.Length; i++)
        {
            if (_jobs[i] is { } job)
                _outcomes[i] = job.IsDeferred ? StepOutcome.NotBegun : job.Outcome;
        }

        return _outcomes!;
    }
}
