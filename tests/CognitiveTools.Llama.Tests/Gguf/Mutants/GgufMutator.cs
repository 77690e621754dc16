using System.Runtime.InteropServices;
using CognitiveTools.Llama.Gguf;

namespace CognitiveTools.Llama.Tests.Gguf.Mutants;

/// <summary>Makes wrong models of a right one: one to three changes of many kinds, the same for the same seed.</summary>
internal sealed class GgufMutator(string path, int seed)
{
    private static readonly string[] Tokenizers = ["llama", "gpt2", "bert", "t5", "rwkv", "plamo2", "gemma4", "whitespace", "xxx"];

    private static readonly string[] Architectures =
    [
        "llama", "qwen2", "qwen3", "gemma", "gemma2", "phi2", "phi3", "falcon", "gpt2", "stablelm", "mamba", "olmo", "granite",
        "deepseek2", "starcoder2", "rwkv6",
    ];

    private static readonly string[] Hyperparameters =
    [
        "block_count", "context_length", "embedding_length", "feed_forward_length", "attention.head_count", "attention.head_count_kv",
        "attention.key_length",
        "attention.value_length", "rope.dimension_count", "expert_count", "expert_used_count", "attention.sliding_window", "vocab_size",
        "nextn_predict_layers",
        "rope.scaling.original_context_length", "leading_dense_block_count",
    ];

    private static readonly string[] Numbers =
    [
        "attention.layer_norm_rms_epsilon", "rope.freq_base", "rope.scaling.factor", "rope.scaling.attn_factor", "attention.scale",
        "logit_scale", "attention.clamp_kqv",
        "rope.scaling.yarn_log_multiplier", "final_logit_softcapping", "residual_scale", "embedding_scale",
    ];

    private static readonly string[] SpecialTokens =
    [
        "bos_token_id", "eos_token_id", "eot_token_id", "eom_token_id", "unknown_token_id", "padding_token_id", "mask_token_id",
        "fim_pre_token_id",
    ];

    private readonly Random _random = new(seed);

    /// <summary>The next wrong model and what is wrong with it.</summary>
    public (string Changes, byte[] Bytes) Next()
    {
        var image = GgufImage.Read(path);
        List<string> changes = [];
        for (var left = _random.Next(1, 4); left > 0; left--)
            changes.Add(Change(image));
        var (bytes, header) = image.Write();
        if (_random.Next(8) == 0)
            changes.Add(Damage(ref bytes, header));
        return (string.Join(", ", changes), bytes);
    }

    private string Change(GgufImage image)
    {
        switch (_random.Next(16))
        {
            case 0 or 1:
                return Set(
                    image, "llama." + Pick(Hyperparameters),
                    GgufValue.Scalar(Pick<uint>(0, 1, 2, 3, 4, 5, 7, 8, 16, 31, 64, 128, 512, 1 << 20, int.MaxValue, uint.MaxValue)));
            case 2:
                return Set(
                    image, "llama." + Pick(Hyperparameters),
                    GgufValue.Array(Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Pick<uint>(0, 1, 2, 3, 4, 8, 256)).ToArray()));
            case 3 or 4:
                return Set(
                    image, "llama." + Pick(Numbers),
                    GgufValue.Scalar(Pick(float.NaN, float.PositiveInfinity, -1f, 0f, 1e-30f, 1f, 1e30f, float.Epsilon)));
            case 5:
                return Set(
                    image, "tokenizer.ggml." + Pick(SpecialTokens), GgufValue.Scalar(Pick<uint>(0, 5, 1465, 1466, 100_000, uint.MaxValue)));
            case 6:
                return Set(image, "tokenizer.ggml.model", GgufValue.Scalar(Pick(Tokenizers)));
            case 7:
                return ChangeTokens(image);
            case 8:
                return ChangeTokenArrays(image);
            case 9:
                return Rename(image);
            case 10:
                return DropOrRepeat(image);
            case 11 or 12:
                return Retype(image);
            case 13:
                return Reshape(image);
            default:
                return Overwrite(image);
        }
    }

    private string ChangeTokens(GgufImage image)
    {
        var tokens = (string[])((string[])Get(image, "tokenizer.ggml.tokens").Content).Clone();
        var how = Pick("words", "empty", "none", "one", "letters", "bytes", "long", "controls");
        for (var i = 0; i < tokens.Length; i++)
        {
            tokens[i] = how switch
            {
                "words" => $"w{i}",
                "empty" when _random.Next(10) == 0 => "",
                "letters" when _random.Next(4) == 0 => $"{(char)('a' + (i % 26))}{i}",
                "bytes" => $"<0x{i:X2}>",
                "long" when _random.Next(200) == 0 => new string('x', _random.Next(10, 5000)) + i,
                "controls" => $"<|{i}|>",
                _ => tokens[i],
            };
        }

        if (how is "none" or "one")
            tokens = tokens[..(how == "one" ? 1 : 0)];
        return Set(image, "tokenizer.ggml.tokens", GgufValue.Array(tokens)) + " " + how;
    }

    private string ChangeTokenArrays(GgufImage image)
    {
        var count = ((Array)Get(image, "tokenizer.ggml.tokens").Content).Length;
        var length = Pick(count, count, count, 0, 3, count + 1);
        return _random.Next(5) switch
        {
            0 => Set(
                image, "tokenizer.ggml.token_type",
                GgufValue.Array(Enumerable.Range(0, length).Select(_ => Pick(0, 1, 2, 3, 4, 5, 6)).ToArray())),
            1 => Set(
                image, "tokenizer.ggml.token_type", GgufValue.Array(Enumerable.Repeat(Pick(-1, 0, 2, 3, 5, 6, 7, 99), length).ToArray())),
            2 => Set(
                image, "tokenizer.ggml.scores",
                GgufValue.Array(Enumerable.Range(0, length).Select(i => Pick(-i, float.NaN, float.PositiveInfinity, 0f)).ToArray())),
            3 => Set(image, "tokenizer.ggml.scores", GgufValue.Array(Enumerable.Range(0, length).Select(static i => -(float)i).ToArray())),
            _ => Set(
                image, "tokenizer.ggml.merges",
                GgufValue.Array(Enumerable.Range(0, 20).Select(_ => Pick("a b", "", " ", "x", "1 2", "a  b", " a")).ToArray())),
        };
    }

    private string Rename(GgufImage image)
    {
        var name = Pick(Architectures);
        for (var i = 0; i < image.Values.Count; i++)
        {
            var (key, value) = image.Values[i];
            if (key == "general.architecture")
                image.Values[i] = (key, GgufValue.Scalar(name));
            else if (key.StartsWith("llama.", StringComparison.Ordinal))
                image.Values[i] = (name + key["llama".Length..], value);
        }

        return "architecture " + name;
    }

    private string DropOrRepeat(GgufImage image)
    {
        if (_random.Next(2) == 0)
        {
            var at = _random.Next(image.Values.Count);
            var key = image.Values[at].Key;
            image.Values.RemoveAt(at);
            return "no " + key;
        }

        var tensor = image.Tensors[_random.Next(image.Tensors.Count)];
        if (_random.Next(2) == 0)
        {
            image.Tensors.Remove(tensor);
        }
        else
        {
            var name = Pick(tensor.Name, "foo", "blk.0.attn_q.bias", "rope_freqs.weight", "output.weight");
            image.Tensors.Add(new() { Name = name, Type = tensor.Type, Dimensions = tensor.Dimensions, Data = tensor.Data });
        }

        return $"dropped or repeated {tensor.Name}";
    }

    private string Retype(GgufImage image)
    {
        var tensor = image.Tensors[_random.Next(image.Tensors.Count)];
        var type = Pick(Enum.GetValues<GgufTensorType>());
        if (tensor.SizeAs(type) is not { } size)
            return $"{tensor.Name} kept";
        (tensor.Type, tensor.Data) = (type, new byte[size]);
        if (_random.Next(2) == 0)
            _random.NextBytes(tensor.Data);
        return $"{tensor.Name} as {type}";
    }

    private string Reshape(GgufImage image)
    {
        var tensor = image.Tensors[_random.Next(image.Tensors.Count)];
        tensor.Dimensions = _random.Next(3) switch
        {
            0 => [.. tensor.Dimensions.Reverse()],
            1 => [.. tensor.Dimensions, 1],
            _ => [tensor.Dimensions[0], .. tensor.Dimensions.Skip(1).Select(extent => Math.Max(1, extent / 2))],
        };
        if (tensor.SizeAs(tensor.Type) is { } size)
            tensor.Data = [.. tensor.Data.Take((int)size), .. new byte[Math.Max(0, size - tensor.Data.Length)]];
        return "shape of " + tensor.Name;
    }

    private string Overwrite(GgufImage image)
    {
        var tensor = image.Tensors[_random.Next(image.Tensors.Count)];
        switch (_random.Next(4))
        {
            case 0:
                Array.Clear(tensor.Data);
                return tensor.Name + " is 0";
            case 1:
                Array.Fill(tensor.Data, (byte)0xFF);
                return tensor.Name + " is FF";
            case 2:
                _random.NextBytes(tensor.Data);
                return tensor.Name + " is random";
            default:
                if (tensor.Type == GgufTensorType.F32)
                    MemoryMarshal.Cast<byte, float>(tensor.Data.AsSpan()).Fill(Pick(float.NaN, float.PositiveInfinity, 1e38f, 1e-42f));
                else
                    tensor.Data[0] = tensor.Data[1] = 0xFF; // the first scale
                return tensor.Name + " has wild numbers";
        }
    }

    private string Damage(ref byte[] bytes, int header)
    {
        if (_random.Next(3) == 0)
        {
            bytes = bytes[.._random.Next(bytes.Length)];
            return $"cut at {bytes.Length}";
        }

        var flips = Pick(1, 1, 2, 16);
        for (var i = 0; i < flips; i++)
            bytes[_random.Next(header)] ^= (byte)(1 << _random.Next(8));
        return $"{flips} bits of the header";
    }

    private static GgufValue Get(GgufImage image, string key) =>
        image.Values.Find(entry => entry.Key == key).Value ?? GgufValue.Array<string>([]);

    private static string Set(GgufImage image, string key, GgufValue value)
    {
        var at = image.Values.FindIndex(entry => entry.Key == key);
        if (at < 0)
            image.Values.Add((key, value));
        else
            image.Values[at] = (key, value);
        return $"{key} = {value}";
    }

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];
}
