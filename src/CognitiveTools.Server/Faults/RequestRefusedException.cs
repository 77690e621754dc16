namespace CognitiveTools.Server.Faults;

/// <summary>A refused request, in the protocol's terms.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">The error's code.</param>
/// <param name="message">The error and its remedy.</param>
/// <param name="parameter">The wrong parameter; may be <see langword="null"/>.</param>
internal sealed class RequestRefusedException(int status, string code, string message, string? parameter = null) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    public string? Parameter => parameter;

    /// <summary>Details for the server's log only.</summary>
    public string? Detail { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Detail is null ? base.ToString() : $"{Detail}{Environment.NewLine}{base.ToString()}";

    public static RequestRefusedException Invalid(string parameter, string message) => new(400, "invalid_value", message, parameter);

    public static RequestRefusedException Unsupported(string parameter, string remedy) =>
        new(400, "unsupported_parameter", $"'{parameter}' is not supported. {remedy}", parameter);
}
