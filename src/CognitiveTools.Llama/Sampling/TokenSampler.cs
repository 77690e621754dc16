using System.Runtime.InteropServices;
using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.Llama.Sampling;

/// <summary>
/// A native sampler chain for one generation. Used by the decode thread only. Without a grammar the logits never leave
/// native memory; with a grammar, the chain's choice is checked first, and the whole vocabulary only when it was refused.
/// </summary>
internal sealed unsafe class TokenSampler : IDisposable
{
    private const int MaxRefusals = 64;
    private const int LongestWindow = 1 << 20; // tokens

    private readonly nint _chain;
    private readonly GrammarConstraint? _constraint;
    private readonly LlamaTokenizer _tokenizer;
    private readonly List<TokenId> _refused = []; // candidates of the token that is sampled now
    private readonly List<nint> _penalties = []; // of the chain, which frees them
    private TokenData* _candidates;

    /// <param name="options">How to sample.</param>
    /// <param name="constraint">The compiled grammar of the options; the sampler disposes it.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="textLength">Tokens that the text may have; penalties remember that many.</param>
    internal TokenSampler(
        EffectiveSampling options, GrammarConstraint? constraint, LlamaTokenizer tokenizer, int textLength = LongestWindow)
    {
        (_tokenizer, _constraint) = (tokenizer, constraint);
        var parameters = NativeMethods.llama_sampler_chain_default_params();
        parameters.NoPerf = 1;
        _chain = NativeMethods.llama_sampler_chain_init(parameters);
        NativeObjects.Opened();
        if (options.RepeatWindow != 0)
            AddPenalties(NativeRuntime.Build.NewPenalties(tokenizer.Count, WindowOf(options.RepeatWindow, textLength), options.Repeat, 0));
        if (options.Presence != 0)
            AddPenalties(NativeRuntime.Build.NewPenalties(tokenizer.Count, WindowOf(-1, textLength), 1, options.Presence));
        if (options.Temperature <= 0)
        {
            Add(NativeMethods.llama_sampler_init_greedy());
            return;
        }

        if (options.TopK > 0)
            Add(NativeMethods.llama_sampler_init_top_k(options.TopK));
        if (options.TopP < 1)
            Add(NativeMethods.llama_sampler_init_top_p(options.TopP, 1));
        if (options.MinP > 0)
            Add(NativeMethods.llama_sampler_init_min_p(options.MinP, 1));
        Add(NativeMethods.llama_sampler_init_temp(options.Temperature));
        Add(NativeMethods.llama_sampler_init_dist(NativeSeed(options.Seed)));
    }

    /// <summary>Whether a grammar may bind the next token.</summary>
    internal bool IsBound => _constraint is not null;

    /// <summary>Whether a grammar binds the next token.</summary>
    internal bool IsBinding => _constraint is { IsBinding: true };

    /// <inheritdoc cref="GrammarConstraint.Watch"/>
    internal void Watch(TokenId token) => _constraint?.Watch(token);

    /// <inheritdoc cref="GrammarConstraint.EndWatch"/>
    internal void EndWatch(bool isText) => _constraint?.EndWatch(isText);

    /// <summary>Chooses from an output row of the last decode; the grammar neither binds the token nor sees it.</summary>
    internal TokenId SampleFree(nint context, int row) => new(NativeMethods.llama_sampler_sample(_chain, context, row));

    /// <summary>Tells the sampler, whose penalties remember the text, of a token that it did not choose.</summary>
    internal void Accept(TokenId token) => NativeMethods.llama_sampler_accept(_chain, token.Value);

    /// <summary>Makes the penalties remember these tokens alone; the draws go on.</summary>
    internal void Remember(IReadOnlyList<int> tokens)
    {
        foreach (var penalty in _penalties)
        {
            NativeMethods.llama_sampler_reset(penalty);
            foreach (var token in tokens)
                NativeMethods.llama_sampler_accept(penalty, token);
        }
    }

    /// <summary>Chooses from an output row of the last decode.</summary>
    /// <returns>The token, or <see langword="null"/> when the grammar refuses all.</returns>
    internal TokenId? Sample(nint context, int row) => _constraint is null
        ? SampleFree(context, row)
        : Sample(new ReadOnlySpan<float>(NativeMethods.llama_get_logits_ith(context, row), _tokenizer.Count));

    /// <summary>Chooses from logits.</summary>
    /// <returns>The token, or <see langword="null"/> when the grammar refuses all.</returns>
    internal TokenId? Sample(ReadOnlySpan<float> logits)
    {
        if (_candidates is null)
            _candidates = (TokenData*)NativeMemory.Alloc((nuint)logits.Length, (nuint)sizeof(TokenData));
        _refused.Clear();
        for (var attempt = 0; attempt < MaxRefusals; attempt++)
        {
            var candidates = Fill(logits);
            if (attempt > 0 && _constraint is { IsBinding: true })
            {
                _constraint.Filter(&candidates);
                if (!AnyLeft(candidates))
                    return null;
            }

            NativeMethods.llama_sampler_apply(_chain, &candidates);
            if (candidates.Selected < 0 || !float.IsFinite(candidates.Data[candidates.Selected].Logit))
                return null;
            var token = new TokenId(candidates.Data[candidates.Selected].Id);
            if (_constraint?.TryAccept(token) ?? true)
            {
                NativeMethods.llama_sampler_accept(_chain, token.Value);
                return token;
            }

            _refused.Add(token);
        }

        return null;
    }

    public void Dispose()
    {
        NativeMethods.llama_sampler_free(_chain);
        NativeObjects.Closed();
        _constraint?.Dispose();
        NativeMemory.Free(_candidates);
        _candidates = null;
    }

    // 0xFFFFFFFF asks llama.cpp for a random seed, which would not be reproducible.
    private static uint NativeSeed(long seed)
    {
        var folded = (uint)(seed ^ (seed >> 32));
        return folded == uint.MaxValue ? uint.MaxValue - 1 : folded;
    }

    // The native sampler allocates the whole window at once.
    private static int WindowOf(int wanted, int textLength)
    {
        var most = Math.Min(textLength, LongestWindow);
        return wanted < 0 ? most : Math.Min(wanted, most);
    }

    private static bool AnyLeft(TokenDataArray candidates)
    {
        for (nuint i = 0; i < candidates.Size; i++)
        {
            if (float.IsFinite(candidates.Data[i].Logit))
                return true;
        }

        return false;
    }

    private TokenDataArray Fill(ReadOnlySpan<float> logits)
    {
        for (var i = 0; i < logits.Length; i++)
            _candidates[i] = new() { Id = i, Logit = logits[i] };
        foreach (var token in _refused)
            _candidates[token.Value].Logit = float.NegativeInfinity;
        return new() { Data = _candidates, Size = (nuint)logits.Length, Selected = -1 };
    }

    private void Add(nint sampler) => NativeMethods.llama_sampler_chain_add(_chain, sampler);

    private void AddPenalties(nint sampler)
    {
        _penalties.Add(sampler);
        Add(sampler);
    }
}
