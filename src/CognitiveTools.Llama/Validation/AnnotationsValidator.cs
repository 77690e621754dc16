using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Llama.Validation;

/// <summary>Checks options by their data annotations, without the reflection over nested types that trimming forbids.</summary>
internal sealed class AnnotationsValidator<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T> : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options)
    {
        var problems = Problems(options);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <exception cref="ValidationException">An option is out of range.</exception>
    internal static void Require(T options)
    {
        if (Problems(options) is { Count: > 0 } problems)
            throw new ValidationException(string.Join(" ", problems));
    }

    [UnconditionalSuppressMessage(
        "Trimming", "IL2026", Justification = "T keeps all its members, and the annotations used have no resource types.")]
    private static List<string> Problems(T options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.ConvertAll(static r => $"{typeof(T).Name}: {r.ErrorMessage}");
    }
}
