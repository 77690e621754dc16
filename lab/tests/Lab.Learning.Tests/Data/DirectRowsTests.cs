using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Tests.Objectives;

namespace CognitiveTools.Lab.Learning.Tests.Data;

public sealed class DirectRowsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_row_is_the_question_and_the_answer_and_every_operation_has_the_value_behind_it(bool chat)
    {
        var words = OperationsCorpus.Words;
        var reader = new DirectRows(words, chat);
        for (var i = 0; i < OperationsCorpus.Rows; i++)
        {
            var row = reader.Read(OperationsCorpus.File, i);
            var text = words.Decode(row.Tokens);
            Assert.Equal(chat, text.StartsWith("<|im_start|>system\ndirect<|im_end|>", StringComparison.Ordinal));
            Assert.EndsWith($"ANSWER: {words.Decode([row.Answer])}<|im_end|>", text, StringComparison.Ordinal);
            Assert.Equal("ANSWER: ", words.Decode([row.Tokens[row.Mark]]));
            Assert.Equal(OperationsCorpus.File.Steps(i), row.Values.Length);
            var value = Number(row.Tokens[row.First - 1]);
            for (var k = 0; k < row.Values.Length; k++)
            {
                var operation = words.Decode([row.Tokens[row.First + k]]);
                var operand = operation[2] - '0';
                value = (operation[1] == '+' ? value + operand : value * operand) % 5;
                Assert.Equal(value, Number(row.Values[k]));
            }

            Assert.Equal(value, Number(row.Answer));
        }

        int Number(int token) => int.Parse(words.Decode([token]), System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Positions_are_those_of_the_longest_row_without_its_last_token()
    {
        var reader = new DirectRows(OperationsCorpus.Words, chat: false);
        var longest = Enumerable.Range(0, OperationsCorpus.Rows).Max(row => reader.Read(OperationsCorpus.File, row).Tokens.Length);
        Assert.Equal(OperationsCorpus.Rows * (longest - 1), reader.Positions(OperationsCorpus.File, OperationsCorpus.Batch.Rows));
    }
}
