using CognitiveTools.Llama.Models;
using CognitiveTools.TestModels;

namespace CognitiveTools.Llama.Tests.Thoughts;

/// <summary>Models that think <c>maybe ANSWER: 5</c> and answer <c>ANSWER: 391</c>, in the marks of a family.</summary>
internal static class ThoughtModels
{
    /// <summary>A chat template in which marks are mentioned as a real template mentions them.</summary>
    public static string Template(string marks, string begins = "") =>
        "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}"
        + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n" + begins + "' }}{% endif %}{# " + marks + " #}";

    /// <summary>A style, its marks in a template, its special tokens, and the tokens that the model writes.</summary>
    public static TheoryData<string, string, string[], string[]> Families => new()
    {
        {
            "think", "<think> </think>", ["+<think>", "+</think>"],
            ["\n", "<think>", "maybe ", "ANSWER: 5", "</think>", "ANSWER: 391"]
        },
        {
            "think", "<think> </think>", ["<think>", "</think>"], // control tokens, which have no text of their own
            ["\n", "<think>", "maybe ", "ANSWER: 5", "</think>", "ANSWER: 391"]
        },
        {
            "think", "<think> </think>", [], // no special tokens: the marks are written in pieces
            ["\n", "<thi", "nk>may", "be ", "ANSWER: 5", "</", "think", ">AN", "SWER: 391"]
        },
        {
            "mistral", "[THINK] [/THINK]", ["[THINK]", "[/THINK]"],
            ["\n", "[THINK]", "maybe ", "ANSWER: 5", "[/THINK]", "ANSWER: 391"]
        },
        {
            "channels", "<|channel|> <|message|> analysis", ["<|channel|>", "<|message|>", "<|end|>", "<|start|>"],
            [
                "\n", "<|channel|>", "analysis", "<|message|>", "maybe ", "ANSWER: 5", "<|end|>", "<|start|>", "assistant",
                "<|channel|>", "final", "<|message|>", "ANSWER: 391",
            ]
        },
        {
            "gemma", "<|channel> <channel|>", ["<|channel>", "<channel|>"],
            ["\n", "<|channel>", "thought", "maybe ", "ANSWER: 5", "<channel|>", "ANSWER: 391"]
        },
        {
            "cohere", "<|START_THINKING|>", ["<|START_THINKING|>", "<|END_THINKING|>", "<|START_RESPONSE|>", "<|END_RESPONSE|>"],
            [
                "\n", "<|START_THINKING|>", "maybe ", "ANSWER: 5", "<|END_THINKING|>", "<|START_RESPONSE|>", "ANSWER: 391",
                "<|END_RESPONSE|>",
            ]
        },
        {
            "seed:think", "<seed:think> </seed:think>", ["<seed:think>", "</seed:think>"],
            ["\n", "<seed:think>", "maybe ", "ANSWER: 5", "</seed:think>", "ANSWER: 391"]
        },
        { "kimi", "◁think▷", [], ["\n", "◁think", "▷maybe ", "ANSWER: 5", "◁/", "think▷", "ANSWER: 391"] },
        {
            "apertus", "<|inner_prefix|>", ["<|inner_prefix|>", "<|inner_suffix|>"],
            ["\n", "<|inner_prefix|>", "maybe ", "ANSWER: 5", "<|inner_suffix|>", "ANSWER: 391"]
        },
        {
            "solar", "<|think|> <|content|>", ["<|think|>", "<|end|>", "<|begin|>", "<|content|>"],
            ["\n", "<|think|>", "maybe ", "ANSWER: 5", "<|end|>", "<|begin|>", "assistant", "<|content|>", "ANSWER: 391"]
        },
        {
            "granite", "<think> <response> </response>", [],
            ["\n", "<think", ">maybe ", "ANSWER: 5", "</think", "><response>", "ANSWER: 391", "</response>"]
        },
        { "until-answer", "", [], ["\n", "maybe ", "5. So\n", "ANSWER", ": 391"] },
    };

    /// <summary>A model whose vocabulary has the tokens, and that writes the chains.</summary>
    public static LlamaModel Load(string style, string marks, string[] special, params string[][] chains)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("cogtools-").FullName, "scripted.gguf");
        return LlamaModel.Load(new()
        {
            Path = ScriptedModel.Write(path, Template(marks), special, chains),
            ThoughtFormat = style == "until-answer" ? style : null,
        });
    }
}
