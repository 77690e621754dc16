using CognitiveTools.Llama.Gguf;

namespace CognitiveTools.TestModels;

/// <summary>
/// Writes a model that continues every token with a chosen one: greedy decoding follows the chains of a script, whatever came before.
/// Its embeddings and its output matrix are one-hot vectors, and its blocks add nothing. Tests of what an engine does with the text of
/// a model use it, with the special tokens and the chat template of any family.
/// </summary>
public static class ScriptedModel
{
    private const int Control = 3, UserDefined = 4, Normal = 1;
    private const int Context = 8_192; // its vocabulary has few words, so a prompt has nearly as many tokens as characters
    private const int Layers = 2; // layer 0 cannot be steered
    private const float Certainty = 8; // the next token has a probability of nearly 1

    /// <summary>Writes a model to <paramref name="path"/> and returns the path.</summary>
    /// <param name="path">The file.</param>
    /// <param name="template">Its chat template.</param>
    /// <param name="special">Its special tokens, besides those of <see cref="TinyVocabulary"/>; a user-defined one begins with +.</param>
    /// <param name="chains">
    /// Each is a list of tokens that follow one another, by their texts; "\n" is the byte. A token stands before one other only. What
    /// follows the last one of a chain, and any other token, is the end of the turn.
    /// </param>
    /// <exception cref="ArgumentException">A token stands before two different ones.</exception>
    public static string Write(
        string path, string template, IReadOnlyList<string> special, params IReadOnlyList<IReadOnlyList<string>> chains)
    {
        var (texts, types, scores) = TinyVocabulary.Take(TinyVocabulary.MinimumSize);
        var tokens = texts.ToList();
        var kinds = types.ToList();
        foreach (var token in special)
            Add(token.TrimStart('+'), token[0] == '+' ? UserDefined : Control);
        foreach (var token in chains.SelectMany(static chain => chain))
            Add(token.Replace(' ', '▁'), Normal);

        var next = new Dictionary<int, int>();
        foreach (var chain in chains)
        {
            foreach (var (from, to) in chain.Zip(chain.Skip(1)))
            {
                if (!next.TryAdd(Id(from), Id(to)) && next[Id(from)] != Id(to))
                    throw new ArgumentException($"'{from}' stands before two different tokens.", nameof(chains));
            }
        }

        var froms = next.Keys.ToList();
        var width = (froms.Count + 1 + 7) / 8 * 8; // dimension 0: the turn ends
        var writer = new GgufWriter();
        new TinyArchitecture("llama", Layers) { Width = width, Heads = 4, KvHeads = 4, FeedForward = 8, Context = Context }
            .AddTo(writer, "scripted", tokens.Count);
        writer
            .Add("tokenizer.ggml.model", "llama")
            .AddArray("tokenizer.ggml.tokens", tokens.ToArray())
            .AddArray("tokenizer.ggml.scores", [.. scores, .. Enumerable.Repeat(-1e6f, tokens.Count - scores.Length)])
            .AddArray("tokenizer.ggml.token_type", kinds.ToArray())
            .Add("tokenizer.ggml.bos_token_id", (uint)TinyVocabulary.Begin)
            .Add("tokenizer.ggml.eos_token_id", (uint)TinyVocabulary.End)
            .Add("tokenizer.ggml.unknown_token_id", (uint)TinyVocabulary.Unknown)
            .Add("tokenizer.ggml.eot_token_id", (uint)TinyVocabulary.TurnEnd)
            .Add("tokenizer.ggml.add_bos_token", true)
            .Add("tokenizer.ggml.add_space_prefix", false)
            .Add("tokenizer.chat_template", template);

        Matrix("token_embd", width, tokens.Count, token => [froms.IndexOf(token) + 1]);
        for (var layer = 0; layer < Layers; layer++)
        {
            foreach (var name in (string[])["attn_q", "attn_k", "attn_v", "attn_output"])
                Matrix($"blk.{layer}.{name}", width, width, static _ => []);
            Matrix($"blk.{layer}.ffn_gate", width, 8, static _ => []);
            Matrix($"blk.{layer}.ffn_up", width, 8, static _ => []);
            Matrix($"blk.{layer}.ffn_down", 8, width, static _ => []);
            Norm($"blk.{layer}.attn_norm");
            Norm($"blk.{layer}.ffn_norm");
        }

        Norm("output_norm");
        var steps = froms.Select((from, i) => (To: next[from], Dimension: i + 1)).Append((To: TinyVocabulary.TurnEnd, Dimension: 0));
        var before = steps.ToLookup(static step => step.To, static step => step.Dimension);
        Matrix("output", width, tokens.Count, token => [.. before[token]], Certainty);
        writer.Write(path);
        return path;

        void Add(string text, int type)
        {
            if (text == "\n" || tokens.Contains(text, StringComparer.Ordinal))
                return;
            tokens.Add(text);
            kinds.Add(type);
        }

        int Id(string text) => text == "\n" ? tokens.IndexOf("<0x0A>") : tokens.IndexOf(text.Replace(' ', '▁'));

        void Norm(string name) => writer.AddTensor($"{name}.weight", GgufTensorType.F32, [width], static (_, row) => row.Fill(1));

        void Matrix(string name, int columns, int rows, Func<int, int[]> ones, float one = 1) => writer.AddTensor(
            $"{name}.weight", GgufTensorType.F32, [columns, rows], (index, row) =>
            {
                row.Clear();
                foreach (var column in ones((int)index))
                    row[column] = one;
            });
    }
}
