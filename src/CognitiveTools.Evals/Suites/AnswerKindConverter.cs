using System.Text.Json;
using System.Text.Json.Serialization;
using CognitiveTools.Answers.Reading;

namespace CognitiveTools.Evals.Suites;

/// <summary>A kind of answer by its name. A name that only the run's own program knew is read as an <see cref="UnknownAnswer"/>.</summary>
internal sealed class AnswerKindConverter : JsonConverter<IAnswerKind>
{
    public override IAnswerKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var name = reader.GetString() ?? "";
        return AnswerKinds.Names.Contains(name, StringComparer.Ordinal) ? AnswerKinds.Find(name) : new UnknownAnswer(name);
    }

    public override void Write(Utf8JsonWriter writer, IAnswerKind value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name);
}
