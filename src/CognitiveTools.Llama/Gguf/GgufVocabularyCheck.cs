using System.Numerics.Tensors;

namespace CognitiveTools.Llama.Gguf;

/// <summary>Refuses vocabularies with which llama.cpp's tokenizers throw, loop or lose text.</summary>
internal static class GgufVocabularyCheck
{
    private const string Prefix = "tokenizer.ggml.";
    private const string TokensKey = Prefix + "tokens", ModelKey = Prefix + "model";
    private const string Reconvert = "Convert the model again with a current llama.cpp, or get another conversion.";

    /// <summary>llama.cpp's rwkv matcher recurses once per byte of a token; real tokens have tens.</summary>
    private const int MaxTokenLength = 4096;

    private const int Unknown = 2, Control = 3, Unused = 5, Byte = 6; // llama_token_type

    // llama.cpp logs when another special token is out of range, and the engine never uses those.
    private static readonly string[] UsedTokens = ["bos_token_id", "eos_token_id", "eot_token_id", "eom_token_id", "unknown_token_id"];

    public static void Check(GgufModelFile file)
    {
        var kind = file.Metadata.GetRequired<string>(ModelKey);
        if (kind is "none" or "no_vocab")
            throw new GgufException(file.Path, ModelKey, null, "the model has no vocabulary", "Use a language model with its tokenizer.");
        if (kind is "bert" or "t5")
            throw new GgufException(
                file.Path, ModelKey, null, $"'{kind}' is the tokenizer of encoders", "Use a generative language model.");
        var tokens = file.Metadata.GetRequired<string[]>(TokensKey);
        var ids = CheckTokens(file, tokens);
        CheckTypes(file, tokens, kind);
        CheckScores(file, tokens.Length, kind);
        CheckSpecialTokens(file, tokens.Length, kind);
        switch (kind)
        {
            case "llama":
                CheckBytes(file, ids);
                break;
            case "rwkv":
                CheckFirstBytes(file, tokens);
                break;
            case "gpt2":
                CheckLetters(file, ids);
                CheckMerges(file);
                break;
        }
    }

    private static Dictionary<string, int> CheckTokens(GgufModelFile file, string[] tokens)
    {
        if (tokens.Length == 0)
            throw Fail(file, TokensKey, "the vocabulary is empty");
        var ids = new Dictionary<string, int>(tokens.Length, StringComparer.Ordinal);
        for (var i = 0; i < tokens.Length; i++)
        {
            if (tokens[i].Length > MaxTokenLength)
                throw Fail(file, TokensKey, $"token {i} has {tokens[i].Length} characters");
            // llama.cpp renames empty tokens to [EMPTY_i] before it compares
            var text = tokens[i].Length == 0 ? $"[EMPTY_{i}]" : tokens[i];
            if (!ids.TryAdd(text, i))
                throw new GgufException(file.Path, TokensKey, null, $"tokens {ids[text]} and {i} are both '{text}'", Reconvert);
        }

        if (file.TryGetTensor("token_embd.weight", out var embedding) && embedding.RowCount < tokens.Length)
            throw Fail(file, TokensKey, $"{tokens.Length} tokens, but token_embd.weight has {embedding.RowCount} rows");
        return ids;
    }

    private static void CheckTypes(GgufModelFile file, string[] tokens, string kind)
    {
        const string key = Prefix + "token_type";
        if (!file.Metadata.Contains(key))
            return;
        var types = file.Metadata.GetRequired<int[]>(key);
        RequireLength(file, key, types.Length, tokens.Length);
        var wrong = Array.FindIndex(types, static type => type is < 0 or > Byte);
        if (wrong >= 0)
            throw Fail(file, key, $"token {wrong} has the type {types[wrong]}; there are 0 to {Byte}");
        if (Array.TrueForAll(types, static type => type is Unknown or Control or Unused))
            throw Fail(file, key, "no token is text: all are control tokens");
        // llama.cpp reads the digits of a byte token's name by position.
        for (var i = 0; i < types.Length && kind != "rwkv"; i++)
        {
            if (types[i] == Byte && !(tokens[i].Length == 6 && tokens[i].StartsWith("<0x", StringComparison.Ordinal)))
                throw Fail(file, key, $"token {i}, '{tokens[i]}', has the type of a byte, but not the name of one (<0x00> to <0xFF>)");
        }
    }

    private static void CheckScores(GgufModelFile file, int count, string kind)
    {
        const string key = Prefix + "scores";
        if (!file.Metadata.TryGetValue(key, out var value))
        {
            if (kind == "llama")
                throw new GgufException(file.Path, key, null, "the key is missing, and this tokenizer merges by it", Reconvert);
            return;
        }

        RequireLength(file, key, value.Content is Array scores ? scores.Length : 0, count);
        if (value.Content is float[] numbers && !TensorPrimitives.IsFiniteAll<float>(numbers))
            throw Fail(file, key, "a score is not finite");
    }

    private static void CheckSpecialTokens(GgufModelFile file, int count, string kind)
    {
        foreach (var name in UsedTokens)
        {
            if (file.Metadata.Contains(Prefix + name) && file.Metadata.GetRequired<long>(Prefix + name) is var id
                && (id < 0 || id >= count))
                throw Fail(file, Prefix + name, $"token {id}; the vocabulary has {count}");
        }

        var (begin, end) = kind switch // llama.cpp's defaults when the file has no such key
        {
            "llama" or "plamo2" => (1, 2),
            "gpt2" or "hybriddna" or "whitespace" => (11, 11),
            _ => (int.MaxValue, int.MaxValue),
        };
        Require("add_bos_token", "bos_token_id", begin);
        Require("add_eos_token", "eos_token_id", end);

        void Require(string flag, string token, int fallback)
        {
            if (file.Metadata.GetOptional(Prefix + flag, false) && !file.Metadata.Contains(Prefix + token) && fallback >= count)
                throw new GgufException(file.Path, Prefix + flag, null, $"is true, but the file has no {Prefix}{token}", Reconvert);
        }
    }

    // Text without a matching piece is encoded byte by byte; llama.cpp ends the process when a byte has no token.
    private static void CheckBytes(GgufModelFile file, Dictionary<string, int> ids)
    {
        for (var value = 0; value <= byte.MaxValue; value++)
        {
            var occurs = value is < 0xC0 or (> 0xC1 and < 0xF5); // in UTF-8
            if (occurs && !ids.ContainsKey($"<0x{value:X2}>") && (value == 0 || !ids.ContainsKey(GgufText.Decode([(byte)value]))))
                throw new GgufException(
                    file.Path, TokensKey, null, $"the byte <0x{value:X2}> has no token, so text cannot be encoded", Reconvert);
        }
    }

    // The matcher walks a tree of bytes to the longest token. When it enters the tree and finds no token, it loops endlessly;
    // when it cannot enter the tree, it gives the unknown token, which these vocabularies do not have.
    private static void CheckFirstBytes(GgufModelFile file, string[] tokens)
    {
        var (single, first) = (new bool[256], new int[256]);
        for (var i = tokens.Length - 1; i >= 0; i--)
        {
            var bytes = RwkvTokenText.Unescape(tokens[i].Length == 0 ? $"[EMPTY_{i}]" : tokens[i]);
            if (bytes.Length == 1)
                single[bytes[0]] = true;
            else if (bytes.Length > 1)
                first[bytes[0]] = i;
        }

        for (var value = 0; value < 256; value++)
        {
            if (!single[value] && (first[value] > 0 || value is '\n' or (>= ' ' and <= '~')))
            {
                var problem = first[value] > 0
                    ? $"token {first[value]} begins with the byte {value:X2}, which has no token of its own"
                    : $"the byte {value:X2} has no token";
                throw new GgufException(file.Path, TokensKey, null, problem, Reconvert);
            }
        }
    }

    // llama.cpp drops characters without a token silently.
    private static void CheckLetters(GgufModelFile file, Dictionary<string, int> ids)
    {
        for (var letter = '0'; letter <= 'z'; letter++)
        {
            if (char.IsAsciiLetterOrDigit(letter) && !ids.ContainsKey(letter.ToString()))
                throw new GgufException(
                    file.Path, TokensKey, null, $"the character '{letter}' has no token, so text would be lost", Reconvert);
        }
    }

    private static void CheckMerges(GgufModelFile file)
    {
        const string key = Prefix + "merges";
        if (!file.Metadata.Contains(key))
            return; // some tokenizers have no merges, and llama.cpp itself refuses the others
        var merges = file.Metadata.GetRequired<string[]>(key);
        for (var i = 0; i < merges.Length; i++)
        {
            var gap = merges[i].Length < 3 ? -1 : merges[i].IndexOf(' ', 1);
            if (gap < 0 || gap == merges[i].Length - 1)
                throw Fail(file, key, $"merge {i}, '{merges[i]}', is not two pieces with a space between them");
        }
    }

    private static void RequireLength(GgufModelFile file, string key, int length, int count)
    {
        if (length != count)
            throw Fail(file, key, $"{length} values for {count} tokens");
    }

    private static GgufException Fail(GgufModelFile file, string key, string problem) =>
        new(file.Path, key, null, problem, GgufException.DamagedRemedy);
}
