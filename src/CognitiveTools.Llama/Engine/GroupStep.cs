using CognitiveTools.Latents;

namespace CognitiveTools.Llama.Engine;

/// <summary>
/// One step of several sequences of an engine, as one command: begins the members, waits for the group, reads the outcomes.
/// A member that cannot begin, or fails, has its error as its outcome. Used once, by its caller.
/// </summary>
internal sealed class GroupStep
{
    private readonly LlamaEngine _engine;
    private readonly StepOutcome?[] _outcomes;
    private readonly Job?[] _jobs;

    private GroupStep(LlamaEngine engine, int count) =>
        (_engine, _outcomes, _jobs) = (engine, new StepOutcome?[count], new Job?[count]);

    /// <summary>Steps sequences of one engine as one command.</summary>
    /// <exception cref="ArgumentException">The group is empty or has a sequence twice, or a sequence belongs to another engine.</exception>
    internal static Task<IReadOnlyList<StepOutcome>> RunAsync(LlamaEngine engine, IReadOnlyList<SequenceStep> group)
    {
        SequenceStep.RequireGroup(group);
        EngineSequence[] sequences =
        [
            .. group.Select(step =>
                step.Sequence is EngineSequence own && own.Engine == engine ? own : throw SequenceStep.OfAnotherModel(nameof(group))),
        ];
        var run = new GroupStep(engine, group.Count);
        for (var i = 0; i < sequences.Length; i++)
            run.Add(i, sequences[i], group[i]);
        return run.RunAsync();
    }

    // The sequence is in use until the group has ended.
    private void Add(int member, EngineSequence sequence, SequenceStep step)
    {
        try
        {
            sequence.Enter();
            try
            {
                var job = JobOf(sequence, step);
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
#pragma warning disable CA1031 // a failed member does not stop the others: its error is its outcome
        catch (Exception error)
        {
            _outcomes[member] = new(error);
        }
#pragma warning restore CA1031
    }

    private static Job JobOf(EngineSequence sequence, SequenceStep step) =>
        step.Continuation is { } options
            ? sequence.NewContinuation(sequence.Engine.Thoughts.OptionsOf(options), constraint: null, step.Cancellation)
        : step.Embeddings.IsEmpty ? sequence.NewAppend(step.Tokens, step.Cancellation)
        : sequence.NewAppend(step.Embeddings, step.Cancellation);

    private async Task<IReadOnlyList<StepOutcome>> RunAsync()
    {
        Job[] jobs = [.. _jobs.OfType<Job>()];
        if (jobs.Length > 0)
        {
            var tokens = jobs.Select(static job => job.Cancellation).Distinct();
            var registrations = tokens
                .Select(token => token.UnsafeRegister(static state => ((LlamaEngine)state!).Post(default), _engine))
                .ToArray();
            try
            {
                await _engine.RunAsync(new JobGroup(jobs)).ConfigureAwait(false);
                foreach (var job in jobs.OfType<GenerateJob>().Where(static job => job is { IsFinished: true, IsDeferred: false }))
                    await job.Heard.ConfigureAwait(false);
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
