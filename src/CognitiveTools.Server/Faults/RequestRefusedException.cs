namespace CognitiveTools.Server.Faults;

/// <summary>A request that is not served, in the protocol's words.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">The error's code, for programs.</param>
/// <param name="message">What is wrong and what to do, for people.</param>
/// <param name="parameter">The parameter at fault; <see langword="null"/> when it is none.</param>
internal sealed class RequestRefusedException(int status, string code, string message, string? parameter = null) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    public string? Parameter => parameter;

    /// <summary>What is for the server's log and not for the client.</summary>
    public string? Detail { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Detail is null ? base.ToString() : $"{Detail}{Environment.NewLine}{base.ToString()}";

    public static RequestRefusedException Invalid(string parameter, string message) => new(400, "invalid_value", message, parameter);

    public static RequestRefusedException Unsupported(string parameter, string remedy) =>
        new(400, "unsupported_parameter", $"'{parameter}' is not supported. {remedy}", parameter);
}
