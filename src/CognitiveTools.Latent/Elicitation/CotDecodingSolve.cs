using CognitiveTools.Chat;
using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Solving;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Elicitation;

/// <summary>One solve of <see cref="CotDecoding"/>.</summary>
internal sealed class CotDecodingSolve(
    ILatentModel model, ILocatingAnswerReader reader, CotDecodingOptions setup, Question question, SolveOptions options, TimeProvider time)
    : SolveFrame(options, time)
{
    protected override async Task<StopReason> RunAsync(CancellationToken cancellationToken)
    {
        var prompt = Encode(model, setup.Prompt(question));
        if (Remaining < prompt.Length + setup.Branches)
            return Limit("positions");

        await using var trunk = model.Begin();
        var prediction = await trunk.AppendAsync(prompt, cancellationToken);
        Usage += new Usage { Prompt = prompt.Length };

        var room = (int)Math.Min(Options.Budget.TokensPerTurn, Remaining / setup.Branches);
        var start = new TurnSoFar(prompt, []) { ThoughtTokens = (int)(ThoughtsLeft / setup.Branches) };
        var margin = TokenMargin.Of(prediction.Logits.Span);
        var firsts = Firsts(prediction);
        var branches = new DecodedBranch[firsts.Length];
        ILatentSequence[] sequences = [trunk, .. firsts.Skip(1).Select(_ => trunk.Fork())];
        await SequenceGroup.RunAsync(model, sequences, async (sequence, rank) =>
            branches[rank] = await FollowAsync(sequence, start, rank, firsts[rank], margin, room, cancellationToken));

        var chosen = DecodedBranch.Choose(branches, setup.Selection, reader.AreSame);
        if (chosen is null)
            Note("no branch gave an answer; the greedy one is kept");
        chosen ??= branches[0];
        if (branches.Count(branch => branch != chosen && IsCut(branch)) is > 0 and var cut)
            Note($"{cut} of {branches.Length} branches were cut by a limit");
        Usage += new Usage
        {
            Generated = chosen.Tokens,
            ThoughtTokens = chosen.Said.ThoughtTokens,
            Discarded = -chosen.Tokens,
        };
        foreach (var branch in branches)
        {
            Add(new Branch(branch.Rank, branch.Said.Text, branch == chosen)
            {
                First = branch.First,
                Answer = branch.Answer,
                Confidence = branch.Answer is null ? null : branch.Confidence,
                Tokens = branch.Tokens,
            });
        }

        return Say(chosen.Said, chosen.End, room);
    }

    private static bool IsCut(DecodedBranch branch) => branch.End is GenerationEnd.TokenLimit or GenerationEnd.ContextFull;

    private (int Token, double Share)[] Firsts(Prediction prediction)
    {
        var logits = prediction.Logits.Span;
        var best = Softmax.Best(logits, setup.Branches);
        var logSum = Softmax.Measure(logits).LogSum;
        var firsts = new (int, double)[best.Length];
        for (var i = 0; i < best.Length; i++)
            firsts[i] = (best[i], Math.Exp((double)logits[best[i]] - logits[best[0]] - logSum));
        return firsts;
    }

    private async Task<DecodedBranch> FollowAsync(
        ILatentSequence own,
        TurnSoFar start,
        int rank,
        (int Token, double Share) first,
        double margin,
        int room,
        CancellationToken cancellationToken)
    {
        await using var sequence = own;
        var shown = new TokenShare(model.Tokenizer.Describe(first.Token), first.Share);
        if (model.Tokenizer.IsEndOfTurn(first.Token))
            return new DecodedBranch(rank, shown, new("", "", 0), 0, GenerationEnd.EndOfTurn);

        var turn = start with { Tokens = [TurnToken.Said(first.Token)] };
        var rest = await ContinueAsync(sequence, turn, rank, room, cancellationToken);
        if (rest.Margins.Count != rest.Tokens.Count)
            throw new NotSupportedException(
                "The model's continuations report no margins, which CoT-decoding needs. Use the llama.cpp engine.");

        turn = turn with { Tokens = [.. turn.Tokens, .. rest.Tokens.Select(TurnToken.Said)] };
        var said = TurnReading.Read(model, turn, isEnd: true);
        var branch = new DecodedBranch(rank, shown, said, turn.Tokens.Length, rest.End);
        if (reader.Locate(said.Text) is not { } span)
            return branch;
        double[] margins = [margin, .. rest.Margins];
        return branch with
        {
            Answer = span.Answer,
            Confidence = setup.OverWhole ? margins.Average() : DecodedBranch.Over(span, TurnReading.Ends(model, turn, span.Start), margins),
        };
    }

    // Counts positions as they are forwarded, so that a cancelled branch is in the usage; the greedy branch also keeps its text.
    private async Task<Continuation> ContinueAsync(
        ILatentSequence sequence, TurnSoFar turn, int rank, int room, CancellationToken cancellationToken)
    {
        var begun = TurnReading.Read(model, turn, isEnd: false);
        try
        {
            await sequence.AppendAsync(new[] { turn.Tokens[0].Token }, cancellationToken);
            Usage += new Usage { Discarded = 1 };
            if (room == 1)
                return new Continuation("", [], GenerationEnd.TokenLimit);
            var spoken = SpokenText.For(TextLabel.OfSample(Options.TextObserver, rank));
            spoken?.CatchUp(begun);
            var wanted = new ContinuationOptions
            {
                MaxTokens = room - 1,
                Temperature = 0,
                Margins = true,
                TextObserver = spoken,
                Turn = turn with { ThoughtTokens = Math.Max(0, (turn.ThoughtTokens ?? 0) - begun.ThoughtTokens) },
            };
            var rest = await sequence.ContinueAsync(wanted, cancellationToken);
            spoken?.CatchUp(begun.Then(rest));
            Usage += new Usage { Discarded = rest.Tokens.Count };
            return rest;
        }
        catch (Exception thrown)
        {
            if (PartialWork.Take(thrown) is { } work)
            {
                Usage += new Usage { Discarded = work.Prompt + work.Generated };
                Answer = rank == 0 ? begun.Text + work.Text : Answer;
            }

            throw;
        }
    }
}
