using System.Security.Cryptography;
using CognitiveTools.Evals.Tests;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Corpora;

namespace CognitiveTools.Lab.Tests.Generation;

public sealed class CorpusTests
{
    private static readonly MiniVocabulary Vocabulary = MiniVocabularyBuilder.Build(numbersWhole: true);

    [Fact]
    public void The_same_seed_gives_the_same_bytes_on_every_platform()
    {
        using var file = new MemoryStream();
        Corpus.Write(file, Corpus.Converse(new CorpusOptions { Seed = 42, Count = 500 }), Vocabulary);
        Assert.Equal("4b8979966b4cc9c09b38f81a600481d0", Convert.ToHexStringLower(SHA256.HashData(file.ToArray()))[..32]);
    }

    [Fact]
    public void The_committed_vocabulary_is_the_one_the_builder_makes()
    {
        var committed = File.ReadAllText(Path.Combine(Repository.Root, "models", "training", "vocab.txt"));
        Assert.Equal(Vocabulary.ToFile(), committed);
        Assert.Equal(Vocabulary.Tokens, MiniVocabulary.Parse(committed).Tokens);
    }

    [Fact]
    public void The_committed_vocabulary_of_skills_taught_apart_is_the_one_the_builder_makes()
    {
        var committed = File.ReadAllText(Path.Combine(Repository.Root, "models", "training", "vocab-skills.txt"));
        Assert.Equal(MiniVocabularyBuilder.Build(numbersWhole: true, skillsApart: true).ToFile(), committed);
    }

    [Fact]
    public void The_committed_vocabulary_of_Heima_is_the_one_the_builder_makes() => Assert.Equal(
        HeimaVocabulary.Build().ToFile(), File.ReadAllText(Path.Combine(Repository.Root, "models", "training", "vocab-heima.txt")));

    [Fact]
    public void Only_control_tokens_words_and_whole_numbers_are_needed_to_write_a_problem()
    {
        foreach (var problem in new ProblemGenerator(9, Split.Reworded).Draw().Take(500))
        {
            // A stray single letter means that a word of an unseen wording is missing; a and k are variables.
            var stray = Vocabulary.Encode(problem.Text).Select(id => Vocabulary.Tokens[id])
                .Where(token => token.Length == 1 && char.IsLetter(token[0]));
            Assert.DoesNotContain(stray, letter => letter is not ("a" or "k"));
        }
    }

    [Fact]
    public void Words_numbers_and_marks_are_enough_to_write_what_teaches_the_skills_apart()
    {
        var vocabulary = MiniVocabularyBuilder.Build(numbersWhole: true, skillsApart: true);
        foreach (var conversation in Corpus.Converse(Apart(9, 500)))
        {
            var stray = conversation.Passages.SelectMany(passage => vocabulary.Encode(passage.Text)).Select(id => vocabulary.Tokens[id])
                .Where(token => token.Length == 1 && char.IsLetter(token[0]));
            Assert.DoesNotContain(stray, letter => letter is not ("a" or "k" or "x" or "A"));
        }
    }

    [Fact]
    public void A_recomputed_verdict_writes_true_steps_and_ends_at_the_first_wrong_one()
    {
        foreach (var conversation in Corpus.Converse(Apart(3, 300, "examine")))
        {
            var lines = conversation.Passages[^1].Text.Split('\n');
            var steps = lines[0].Split(';', StringSplitOptions.RemoveEmptyEntries);
            Assert.All(steps, step =>
                Assert.True(StepChecker.IsTrue(step[(step.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(' ')[0]), step));
            Assert.All(steps.SkipLast(1), step => Assert.EndsWith(" ok", step, StringComparison.Ordinal));
            Assert.Equal(lines[1] == "Verdict: incorrect", steps[^1].EndsWith(" wrong", StringComparison.Ordinal));
            var proposed = conversation.Passages[1].Text.Split('\n')[^1].Split(';', StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i < steps.Length; i++)
                Assert.Equal(steps[i].EndsWith(" ok", StringComparison.Ordinal), steps[i].Split(' ')[0] == proposed[i]);
        }
    }

    [Fact]
    public void A_compared_verdict_puts_the_given_result_beside_its_own_and_judges_by_it()
    {
        var (wrong, alike) = (0, 0);
        foreach (var conversation in Corpus.Converse(Apart(3, 300, "examine") with { Examination = Examination.Compared }))
        {
            var lines = conversation.Passages[^1].Text.Split('\n');
            foreach (var step in lines[0].Split(';', StringSplitOptions.RemoveEmptyEntries))
            {
                var (own, given) = (step.Split(',')[0], step.Split(',')[1].Split(' ')[0]);
                var isWrong = step.EndsWith(" wrong", StringComparison.Ordinal);
                var isEqual = own[(own.LastIndexOfAny(['=', '>']) + 1)..] == given;
                Assert.True(isEqual || isWrong, step);
                wrong += isWrong ? 1 : 0;
                alike += isWrong && isEqual ? 1 : 0;
            }

            Assert.Equal(lines[1] == "Verdict: incorrect", lines[0].EndsWith(" wrong;", StringComparison.Ordinal));
        }

        Assert.InRange(wrong, 150, 250);
        Assert.InRange(alike, 0, 3); // a slip within a step may leave its result as it is
    }

    [Fact]
    public void A_solution_that_ends_too_early_is_compared_with_nothing()
    {
        var problem = new ProblemGenerator(5, Split.Train).Draw().First(static problem => problem.Solution.Count == 2);
        var flaw = new FlawedSolution([problem.Solution[0]], 2, 0);
        Assert.Contains(",- wrong;", MiniFormats.Examine(problem, flaw, Examination.Compared).Passages[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_are_worked_out_in_the_first_wordings_alone_and_understood_in_all()
    {
        var first = new HashSet<string>(StringComparer.Ordinal);
        var others = new HashSet<string>(StringComparer.Ordinal);
        foreach (var problem in new ProblemGenerator(6, Split.Train).Draw().Take(20_000))
        {
            first.Add(problem.InFirstWordings(1).Text);
            first.Add(problem.Canonical);
            others.Add(problem.Text);
        }

        others.ExceptWith(first);
        foreach (var format in (string[])["direct", "cot", "solve", "examine", "backtrack", "forced", "understand"])
        {
            var questions = Corpus.Converse(Apart(6, 400, format) with { SolvedWordings = 1 })
                .Select(static conversation => conversation.Passages[1].Text.Split('\n')[0]).ToArray();
            Assert.Equal(format == "understand", questions.Any(others.Contains));
        }
    }

    [Fact]
    public void Backtracking_keeps_the_steps_before_the_wrong_one_and_writes_true_ones()
    {
        foreach (var conversation in Corpus.Converse(Apart(4, 300, "backtrack")))
        {
            var lines = conversation.Passages[^1].Text.Split('\n');
            var kept = lines[0].Split(';', StringSplitOptions.RemoveEmptyEntries);
            var given = conversation.Passages[1].Text.Split('\n')[^1].Split(';', StringSplitOptions.RemoveEmptyEntries);
            var point = lines[1]["Backtrack Point: ".Length..];
            var same = kept.Zip(given).TakeWhile(pair => pair.First == pair.Second).Count();
            Assert.Equal(point == "none" ? kept.Length : int.Parse(point) - 1, same);
            Assert.StartsWith(MiniFormats.AnswerMark, lines[2], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_conversation_cuts_into_the_same_tokens_passage_by_passage_as_message_by_message()
    {
        foreach (var conversation in Corpus.Converse(new CorpusOptions { Seed = 8, Count = 800 }).Concat(Corpus.Converse(Apart(8, 800))))
        {
            foreach (var message in Messages(conversation))
            {
                var whole = Vocabulary.Encode(string.Concat(message.Select(passage => passage.Text)));
                var parts = message.SelectMany(passage => Vocabulary.Encode(passage.Text));
                Assert.Equal(whole, parts);
            }
        }
    }

    [Fact]
    public void A_planted_slip_is_never_learned()
    {
        var options = new CorpusOptions { Seed = 3, Count = 400, Formats = new Dictionary<string, int> { ["loop"] = 1 } };
        var flawed = 0;
        foreach (var conversation in Corpus.Converse(options))
        {
            var learned =
                conversation.Passages.Where(passage => passage.Learn && !passage.Text.StartsWith("<call>", StringComparison.Ordinal));
            foreach (var step in learned.SelectMany(
                passage => passage.Text.Split('\n')[0].Split(';', StringSplitOptions.RemoveEmptyEntries)))
                Assert.True(StepChecker.IsTrue(step[(step.IndexOf(':', StringComparison.Ordinal) + 1)..]), step);
            flawed += conversation.Passages.Any(passage => passage.Role == Role.Assistant && !passage.Learn) ? 1 : 0;
        }

        Assert.InRange(flawed, 50, 250);
    }

    [Fact]
    public void Examine_proposes_right_and_wrong_solutions_about_equally_often()
    {
        var options = new CorpusOptions { Seed = 3, Count = 400, Formats = new Dictionary<string, int> { ["examine"] = 1 } };
        var correct = Corpus.Converse(options).Count(c => c.Passages[^1].Text.EndsWith("Verdict: correct", StringComparison.Ordinal));
        Assert.InRange(correct, 150, 250);
    }

    [Fact]
    public void An_unknown_format_is_refused()
    {
        var options = new CorpusOptions { Seed = 1, Count = 1, Formats = new Dictionary<string, int> { ["poem"] = 1 } };
        Assert.Throws<ArgumentException>(() => Corpus.Converse(options).First());
    }

    private static CorpusOptions Apart(ulong seed, int count, params string[] formats)
    {
        var options = new CorpusOptions { Seed = seed, Count = count, SkillsApart = true, Formats = SkillsApart.Formats };
        return formats.Length == 0 ? options : options with { Formats = formats.ToDictionary(format => format, _ => 1) };
    }

    private static IEnumerable<List<Passage>> Messages(Conversation conversation)
    {
        var message = new List<Passage>();
        foreach (var passage in conversation.Passages)
        {
            if (message.Count > 0 && message[0].Role != passage.Role)
            {
                yield return message;
                message = [];
            }

            message.Add(passage);
        }

        yield return message;
    }
}
