using CognitiveTools.Latents;

namespace CognitiveTools.Latent.Solving;

/// <summary>
/// Lets flows that each have a sequence of their own step together: what they ask of their sequences is collected until every flow
/// has asked or ended, and then goes to the model as one group. Flows take turns and never run at the same time. Nothing depends
/// on how soon a thread wakes.
/// </summary>
internal static class Lockstep
{
    /// <summary>Runs one flow per sequence until all have ended.</summary>
    /// <param name="model">The model of the sequences.</param>
    /// <param name="sequences">A flow disposes its sequence as soon as it is done with it: others may wait for its place.</param>
    /// <param name="flow">Gets the sequence to use in place of the given one, and its index; awaits that sequence's calls only.</param>
    /// <returns>Completes when all flows have ended; faults as the first flow that failed, in the order of the sequences.</returns>
    public static async Task RunAsync(ILatentModel model, IReadOnlyList<ILatentSequence> sequences, Func<ILatentSequence, int, Task> flow)
    {
        if (sequences.Count == 1)
        {
            await flow(sequences[0], 0);
            return;
        }

        Member[] members = [.. sequences.Select(static sequence => new Member(sequence))];
        for (var i = 0; i < members.Length; i++)
            await members[i].StartAsync(flow, i);
        while (Group(members) is { Length: > 0 } group)
        {
            var outcomes = await StepAsync(model, group);
            foreach (var (member, outcome) in group.Zip(outcomes))
                await member.AnswerAsync(outcome);
        }

        await Task.WhenAll(members.Select(static member => member.Flow));
    }

    // Verbal parts take many decodes, so they wait until all who think and have a place are done, and then begin together.
    // A member without a lane is always in the group: it may have been given one meanwhile, even that of another member.
    private static Member[] Group(Member[] members)
    {
        var someoneThinks = Array.Exists(members, static m => m is { HasPlace: true, Asked.Continuation: null, Asked: not null });
        return [.. members.Where(m => m.Asked is not null && !(someoneThinks && m is { HasPlace: true, Asked.Continuation: not null }))];
    }

    private static async Task<IReadOnlyList<StepOutcome>> StepAsync(ILatentModel model, Member[] group)
    {
        try
        {
            return await model.StepAsync([.. group.Select(static member => member.Asked!)]);
        }
#pragma warning disable CA1031 // the flows are told, and end
        catch (Exception error)
        {
            return [.. group.Select(_ => new StepOutcome(error))];
        }
#pragma warning restore CA1031
    }

    /// <summary>A flow and its sequence.</summary>
    private sealed class Member(ILatentSequence sequence) : ILatentSequence
    {
        private TaskCompletionSource<StepOutcome> _answer = new();
        private TaskCompletionSource _turn = NewTurn();

        /// <summary>What the flow waits for.</summary>
        public SequenceStep? Asked { get; private set; }

        /// <summary>Whether the model had a place for the sequence the last time.</summary>
        public bool HasPlace { get; private set; }

        public Task Flow { get; private set; } = Task.CompletedTask;

        public int Length => sequence.Length;

        /// <summary>Runs the flow to its first step.</summary>
        public Task StartAsync(Func<ILatentSequence, int, Task> flow, int index)
        {
            Flow = RunAsync(flow, index);
            return _turn.Task;
        }

        /// <summary>Gives the flow its outcome, if there is one, and runs it to its next step.</summary>
        public Task AnswerAsync(StepOutcome outcome)
        {
            HasPlace = !outcome.Waits;
            if (outcome.Waits)
                return Task.CompletedTask;
            var answer = _answer;
            (Asked, _answer, _turn) = (null, new(), NewTurn());
            var turn = _turn.Task;
            answer.SetResult(outcome); // the flow goes on within this call
            return turn;
        }

        public async ValueTask<Prediction> AppendAsync(ReadOnlyMemory<int> tokens, CancellationToken cancellationToken = default) =>
            (await AskAsync(SequenceStep.Append(sequence, tokens, cancellationToken))).Prediction;

        public async ValueTask<Prediction> AppendAsync(ReadOnlyMemory<float> embeddings, CancellationToken cancellationToken = default) =>
            (await AskAsync(SequenceStep.Append(sequence, embeddings, cancellationToken))).Prediction;

        public async ValueTask<Continuation> ContinueAsync(ContinuationOptions options, CancellationToken cancellationToken = default) =>
            (await AskAsync(SequenceStep.Continue(sequence, options, cancellationToken))).Continuation;

        public ILatentSequence Fork() => sequence.Fork();

        public void Rewind(int length) => sequence.Rewind(length);

        public ValueTask DisposeAsync() => sequence.DisposeAsync();

        private static TaskCompletionSource NewTurn() => new(TaskCreationOptions.RunContinuationsAsynchronously);

        private Task<StepOutcome> AskAsync(SequenceStep step)
        {
            var answer = _answer.Task;
            Asked = step;
            _turn.SetResult();
            return answer;
        }

        private async Task RunAsync(Func<ILatentSequence, int, Task> flow, int index)
        {
            try
            {
                await flow(this, index);
            }
            finally
            {
                _turn.SetResult();
            }
        }
    }
}
