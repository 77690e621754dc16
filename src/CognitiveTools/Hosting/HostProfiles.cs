using CognitiveTools.Code;
using CognitiveTools.Prompts;
using CognitiveTools.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Hosting;

/// <summary>
/// The one meaning of a reasoner's setting <c>profile</c>, for every family: empty for the host's own prompts and tools, else
/// an embedded profile, extended by the host's <see cref="CognitiveToolsOptions.ToolsFolder"/> in either case. Thread-safe.
/// </summary>
public sealed class HostProfiles(IServiceProvider services)
{
    /// <summary>The prompts.</summary>
    /// <param name="profile">The setting's text.</param>
    /// <exception cref="ArgumentException">There is no such profile.</exception>
    /// <exception cref="InvalidDataException">A file of the host's folders breaks the format.</exception>
    public PromptProfile Prompts(string profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return profile.Length > 0 ? Options.LoadPrompts(profile) : services.GetService<PromptProfile>() ?? Options.LoadPrompts();
    }

    /// <summary>The tools that go with the prompts; the profile's own take the place of those of the same name.</summary>
    /// <inheritdoc cref="Prompts"/>
    public ToolCatalog Tools(string profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return profile.Length > 0 ? Options.LoadTools(WithCode, profile) : services.GetService<ToolCatalog>()
            ?? Options.LoadTools(WithCode);
    }

    private CognitiveToolsOptions Options => services.GetRequiredService<IOptions<CognitiveToolsOptions>>().Value;

    private bool WithCode => services.GetService<ICodeSandbox>() is not null;
}
