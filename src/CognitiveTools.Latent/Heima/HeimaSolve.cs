using CognitiveTools.Chat;
using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Solving;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Heima;

/// <summary>One solve of a <see cref="HeimaReasoner"/>: prompt, thinking tokens, answer, readings.</summary>
internal sealed class HeimaSolve(
    ILatentModel model, HeimaOptions setup, Question question, SolveOptions options, TimeProvider time) : SolveFrame(options, time)
{
    private readonly List<(int Token, float[] State, Thought Trace)> _thoughts = [];

    /// <inheritdoc/>
    protected override async Task<StopReason> RunAsync(CancellationToken cancellationToken)
    {
        var prompt = Encode(model, setup.Prompt(question));
        if (Remaining < prompt.Length + setup.Tokens.Count + 1)
            return Limit("positions");
        var stop = await AnswerAsync(prompt, cancellationToken);
        if (_thoughts.Count == 0)
            Note("the model wrote no thinking token");
        else if (setup.Readings.Count > 0)
            await ReadAsync(cancellationToken);
        foreach (var thought in _thoughts)
            Options.Observer?.Report(thought.Trace);
        return stop;
    }

    /// <summary>The thoughts stand before the text, with what was read from them after it.</summary>
    protected override Reasoning Conclude(Reasoning reasoning) =>
        reasoning with { Steps = [.. _thoughts.Select(static thought => thought.Trace), .. reasoning.Steps] };

    private async Task<StopReason> AnswerAsync(int[] prompt, CancellationToken cancellationToken)
    {
        await using var sequence = model.Begin();
        var prediction = await sequence.AppendAsync(prompt, cancellationToken);
        Usage += new Usage { Prompt = prompt.Length };
        await ThinkAsync(sequence, prediction, (token, before, after) =>
        {
            Usage += new Usage { Generated = 1 };
            _thoughts.Add((
                token, after.Hidden.ToArray(), ThoughtTrace.Of(_thoughts.Count, ThoughtInput.OfToken(token), before, model.Tokenizer)));
        }, cancellationToken);

        var tokens = (int)Math.Min(Options.Budget.TokensPerTurn, Remaining);
        var spoken = SpokenText.For(TextLabel.OfAnswer(Options.TextObserver));
        var answer = await sequence.ContinueAsync(
            new ContinuationOptions
            {
                MaxTokens = tokens,
                Temperature = Options.Temperature,
                Seed = Options.Seed,
                TextObserver = spoken,
                Turn = new TurnSoFar(prompt, [.. _thoughts.Select(static thought => TurnToken.Unsaid(thought.Token))])
                {
                    ThoughtTokens = (int)Math.Min(int.MaxValue, ThoughtsLeft),
                },
            },
            cancellationToken);
        var said = new SeparatedText("", "", 0).Then(answer);
        spoken?.CatchUp(said);
        Usage += new Usage { Generated = answer.Tokens.Count, ThoughtTokens = said.ThoughtTokens };
        return Say(said, answer.End, tokens);
    }

    // The most probable token as long as it is a thinking token that was not written yet.
    private async Task ThinkAsync(
        ILatentSequence sequence, Prediction prediction, Action<int, Prediction, Prediction> add, CancellationToken cancellationToken)
    {
        var left = setup.Tokens.ToHashSet();
        while (Softmax.Top(prediction.Logits.Span) is var token && left.Remove(token))
        {
            var before = prediction;
            prediction = await sequence.AppendAsync(new[] { token }, cancellationToken);
            add(token, before, prediction);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var others = setup.Readings.Contains(HeimaState.Other) ? await OthersAsync(cancellationToken) : [];
            var prompt = Encode(model, setup.Interpreter(question));
            if (!Spend(prompt.Length))
                return;
            await using var sequence = model.Begin();
            await sequence.AppendAsync(prompt, cancellationToken);
            for (var i = 0; i < _thoughts.Count; i++)
            {
                var (token, state, trace) = _thoughts[i];
                var readings = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (var from in setup.Readings)
                {
                    sequence.Rewind(prompt.Length);
                    if (from == HeimaState.Other && !others.ContainsKey(token))
                        Note("the donor question has not all of the thinking tokens");
                    else if (Spend(1))
                        readings.Add(Name(from), await ReadAsync(sequence, from == HeimaState.None ? token : null,
                            from == HeimaState.Other ? others[token] : state, cancellationToken));
                }

                _thoughts[i] = (token, state, trace with { Readings = readings });
            }
        }
        catch (ContextFullException)
        {
            Note("not all thoughts are read: the context is full");
        }
        catch (Exception thrown) when (PartialWork.Take(thrown) is { } work)
        {
            Usage += new Usage { Discarded = work.Prompt + work.Generated };
            throw;
        }
    }

    private async Task<string> ReadAsync(ILatentSequence sequence, int? token, float[] state, CancellationToken cancellationToken)
    {
        await (token is { } own ? sequence.AppendAsync(new[] { own }, cancellationToken) : sequence.AppendAsync(state, cancellationToken));
        var most = (int)Math.Clamp(Remaining, 0, Options.Budget.TokensPerTurn);
        if (most == 0)
            return "";
        var read = await sequence.ContinueAsync(new ContinuationOptions { MaxTokens = most, Temperature = 0 }, cancellationToken);
        Usage += new Usage { Discarded = read.Tokens.Count };
        return read.Text;
    }

    private async Task<Dictionary<int, float[]>> OthersAsync(CancellationToken cancellationToken)
    {
        var states = new Dictionary<int, float[]>();
        var prompt = Encode(model, setup.Prompt(setup.Donors!.For(question)));
        if (!Spend(prompt.Length + setup.Tokens.Count))
            return states;
        await using var sequence = model.Begin();
        var prediction = await sequence.AppendAsync(prompt, cancellationToken);
        await ThinkAsync(sequence, prediction, (token, _, after) => states.Add(token, after.Hidden.ToArray()), cancellationToken);
        Usage += new Usage { Discarded = states.Count - setup.Tokens.Count };
        return states;
    }

    private bool Spend(int positions)
    {
        if (Remaining < positions)
        {
            Note("not all thoughts are read: no positions left");
            return false;
        }

        Usage += new Usage { Discarded = positions };
        return true;
    }

    private static string Name(HeimaState state) => state switch
    {
        HeimaState.Own => "own",
        HeimaState.None => "none",
        _ => "other",
    };
}
