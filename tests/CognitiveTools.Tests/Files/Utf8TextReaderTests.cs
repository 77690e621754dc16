using System.Text;
using CognitiveTools.Files;
using CsCheck;

namespace CognitiveTools.Tests.Files;

public sealed class Utf8TextReaderTests
{
    [Fact]
    public void Lines_and_characters_come_as_the_frameworks_own_reader_gives_them() =>
        Gen.Select(AnyOf("a", "é", "\n", "\r", "\r\n", "😀", "x y", "").Array[0, 40], Gen.Int[1, 7]).Sample((parts, step) =>
        {
            var text = string.Concat(parts);
            Assert.Equal(Lines(new StringReader(text)), Lines(Reader(text)));
            Assert.Equal(text, Reader(text).ReadToEnd());
            Assert.Equal(text, InSteps(Reader(text), step));
        });

    [Fact]
    public void Lines_longer_than_the_buffer_are_whole()
    {
        var lines = new[] { new string('a', 200_000), "b", new string('é', 150_000) };

        Assert.Equal(lines, Lines(Reader(string.Join("\r\n", lines))));
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over() =>
        Assert.Equal(["a", "b"], Lines(new Utf8TextReader(new MemoryStream([0xef, 0xbb, 0xbf, .. "a\nb"u8]), "f")));

    [Theory]
    [InlineData("utf-16", "UTF-16")]
    [InlineData("utf-16BE", "UTF-16")]
    [InlineData("utf-32", "UTF-32")]
    public void Other_encodings_are_named(string encoding, string name)
    {
        var bytes = Encoding.GetEncoding(encoding) is var other ? (byte[])[.. other.GetPreamble(), .. other.GetBytes("id,problem")] : [];

        Assert.Contains($"f:1: is {name}",
            Assert.Throws<InvalidDataException>(() => new Utf8TextReader(new MemoryStream(bytes), "f")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Utf_16_without_a_mark_is_named_too() =>
        Assert.Contains("UTF-16", Assert.Throws<InvalidDataException>(
            () => new Utf8TextReader(new MemoryStream(Encoding.Unicode.GetBytes("id,problem")), "f")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_byte_that_is_not_UTF_8_is_named_with_its_line()
    {
        byte[] windows = [.. "id\np1\nWhat is 1"u8, 0x96, .. "3?\n"u8];
        var reader = new Utf8TextReader(new MemoryStream(windows), "p.csv");

        Assert.Equal(("id", "p1"), (reader.ReadLine(), reader.ReadLine()));
        var message = Assert.Throws<InvalidDataException>(reader.ReadLine).Message;
        Assert.StartsWith("p.csv:3: is not UTF-8 (byte 0x96)", message, StringComparison.Ordinal);
        Assert.Contains("Windows-1252", message, StringComparison.Ordinal);
        Assert.StartsWith("p.csv:3:", Assert.Throws<InvalidDataException>(
            new Utf8TextReader(new MemoryStream(windows), "p.csv").ReadToEnd).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_an_end_is_refused_at_its_limit()
    {
        var stream = new EndlessStream("x"u8.ToArray());
        using var reader = new Utf8TextReader(stream, "f", mostLineBytes: 1 << 20);

        Assert.Contains("f:1: the line is longer than 1 MiB", Assert.Throws<InvalidDataException>(reader.ReadLine).Message,
            StringComparison.Ordinal);
        Assert.InRange(stream.Given, 1 << 20, 4 << 20);
    }

    [Fact]
    public void A_text_without_an_end_is_refused_at_the_limit_of_a_whole_file()
    {
        var stream = new EndlessStream("ab\n"u8.ToArray());
        using var reader = new Utf8TextReader(stream, "f");

        Assert.Contains("longer than 256 MiB", Assert.Throws<InvalidDataException>(reader.ReadToEnd).Message, StringComparison.Ordinal);
        Assert.InRange(stream.Given, Utf8TextReader.MostWholeBytes, 3L * Utf8TextReader.MostWholeBytes);
    }

    [Fact]
    public void A_file_of_zero_bytes_is_refused_at_once()
    {
        var stream = new EndlessStream([0]);

        Assert.Contains("binary data", Assert.Throws<InvalidDataException>(() => new Utf8TextReader(stream, "/dev/zero")).Message,
            StringComparison.Ordinal);
        Assert.True(stream.Given <= 1 << 16);
    }

    private static Utf8TextReader Reader(string text) => new(new MemoryStream(Encoding.UTF8.GetBytes(text)), "f");

    private static List<string> Lines(TextReader reader)
    {
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
            lines.Add(line);
        return lines;
    }

    private static string InSteps(TextReader reader, int step)
    {
        var (text, buffer) = (new StringBuilder(), new char[step]);
        while (reader.Peek() >= 0 && reader.Read(buffer, 0, step) is var count)
            text.Append(buffer, 0, count);
        return text.ToString();
    }

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
