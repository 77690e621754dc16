using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace CognitiveTools.Files;

/// <summary>
/// Turns YAML text into nodes, which is the only way YAML gets into the toolkit. A first pass over the parser's events bounds depth and
/// size and refuses anchors and aliases, because the library builds and compares nodes recursively: a deep or self-containing
/// document would end the process. What the library throws on damaged text becomes one exception type.
/// </summary>
internal static class YamlText
{
    /// <summary>Bytes of a YAML file; the longest that ships has 20 KiB.</summary>
    public const int MostBytes = 4 << 20;

    private const int MostDepth = 32;
    private const int MostEvents = 200_000;

    /// <exception cref="InvalidDataException">The text is not YAML, or beyond the limits; the message names file and line.</exception>
    public static YamlStream Load(string text, string file)
    {
        if (text.Length > MostBytes)
            throw new InvalidDataException($"{file}:1: is longer than {MostBytes >> 20} MiB. Give a smaller file.");
        var line = 1L;
        try
        {
            Check(text, file, ref line);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream;
        }
        catch (YamlException e)
        {
            throw new InvalidDataException($"{file}:{Math.Max(e.Start.Line, 1)}: not valid YAML: {e.Message}", e);
        }
#pragma warning disable CA1031 // The parser meets foreign text: on some damaged texts it throws types that it does not document.
        catch (Exception e) when (e is not InvalidDataException)
#pragma warning restore CA1031
        {
            throw new InvalidDataException($"{file}:{line}: not valid YAML, from about this line on: {e.Message}", e);
        }
    }

    private static void Check(string text, string file, ref long line)
    {
        var parser = new Parser(new StringReader(text));
        var (depth, events) = (0, 0);
        while (parser.MoveNext())
        {
            var at = parser.Current!;
            line = Math.Max(at.Start.Line, 1);
            depth += at.NestingIncrease;
            if (depth > MostDepth + 2) // the stream and the document are a level each
                throw new InvalidDataException(
                    $"{file}:{line}: lists and mappings lie more than {MostDepth} deep in each other. Flatten them.");
            if (++events > MostEvents)
                throw new InvalidDataException($"{file}:{line}: holds more than {MostEvents} values. Split the file.");
            if (at is AnchorAlias || at is NodeEvent { Anchor.IsEmpty: false })
                throw new InvalidDataException($"{file}:{line}: anchors (&name) and aliases (*name) are not read. Write the value out.");
        }
    }
}
