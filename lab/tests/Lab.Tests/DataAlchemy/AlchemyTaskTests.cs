using CognitiveTools.Lab.Problems.DataAlchemy;
using CsCheck;

namespace CognitiveTools.Lab.Tests.DataAlchemy;

public sealed class AlchemyTaskTests
{
    private static readonly Gen<string> Elements = Gen.Char['A', 'Z'].Array[1, 8].Select(letters => new string(letters));

    private static readonly Gen<Transformation[]> Compositions = Gen.Int[1, 3].Select(code => (Transformation)code).Array[1, 4];

    [Fact]
    public void The_published_record_comes_out()
    {
        var task = new AlchemyTask("ABCD", AlchemyTask.ParseComposition("f1f2"));
        Assert.Equal(("ABCD[F1][F2]", "NOPQ[F2]", "OPQN"), (task.Text, task.Reasoning, task.Answer));
    }

    [Theory]
    [InlineData(true, "EAPPL")]
    [InlineData(false, "PPLEA")]
    public void The_direction_of_the_shift_is_the_world_s(bool right, string expected) =>
        Assert.Equal(expected, new AlchemyWorld { ShiftsRight = right }.Apply("APPLE", Transformation.Shift));

    // Where letter i of the answer comes from, and by how much it moved along the alphabet: another way to the same answer.
    [Fact]
    public void Answers_agree_with_an_account_of_single_letters() => Gen.Select(Elements, Compositions).Sample((element, composition) =>
    {
        var (n, turns) = (element.Length, composition.Count(one => one == Transformation.Rotate));
        var expected = Enumerable.Range(0, n).Select(place =>
        {
            var at = place;
            foreach (var one in composition.Reverse())
                at = one switch { Transformation.Shift => (at + 1) % n, Transformation.Reverse => n - 1 - at, _ => at };
            return (char)('A' + ((element[at] - 'A' + (13 * turns)) % 26));
        });
        Assert.Equal(string.Concat(expected), new AlchemyTask(element, composition).Answer);
    });

    [Fact]
    public void A_question_is_read_back() => Gen.Select(Elements, Compositions).Sample((element, composition) =>
    {
        var task = new AlchemyTask(element, composition);
        var read = AlchemyTask.TryParse(task.Text)!;
        Assert.Equal((task.Text, task.Reasoning, task.Answer), (read.Text, read.Reasoning, read.Answer));
    });

    [Fact]
    public void The_reasoning_has_a_line_for_every_function_but_the_last() =>
        Gen.Select(Elements, Compositions).Sample((element, composition) =>
        Assert.Equal(
            composition.Length - 1,
            new AlchemyTask(element, composition).Reasoning.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));

    [Theory]
    [InlineData("AB?D[F1]")]
    [InlineData("ABCD")]
    [InlineData("[F1]")]
    public void A_damaged_question_is_no_task(string text) => Assert.Null(AlchemyTask.TryParse(text));

    [Fact]
    public void Other_characters_are_refused() => Assert.Throws<ArgumentException>(() => new AlchemyTask("AbC", [Transformation.Rotate]));
}
