using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Llama.Validation;

/// <summary>Checks options that did not come through a host.</summary>
internal static class ValidOptions
{
    /// <exception cref="ValidationException">An option is out of range; the message names it.</exception>
    public static void Require<T>(IValidateOptions<T> validator, T options)
        where T : class
    {
        var result = validator.Validate(name: null, options);
        if (result.Failed)
            throw new ValidationException(result.FailureMessage);
    }
}
