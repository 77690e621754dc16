using CognitiveTools.Cli.Configuration;
using CognitiveTools.Hosting;
using CognitiveTools.Latents;
using CognitiveTools.OpenAI.Endpoints;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Cli.Hosting;

/// <summary>Registers a server's model as a command's model.</summary>
internal static class RemoteModel
{
    public static void AddTo(IServiceCollection services, EndpointChoice endpoint)
    {
        services.AddOpenAICompatibleClient(
            options =>
            {
                options.Endpoint = endpoint.Address;
                options.Model = endpoint.Model;
                options.ApiKeyVariable = endpoint.KeyVariable;
                options.ApiKey = null; // send only the key that the command line names
                options.Naming = SettingTable.NameOf;
                options.Retries = 0; // the harness retries requests and counts the retries
            },
            ServiceKeys.Verbal);
        services.AddKeyedSingleton<ILatentModel>(ServiceKeys.Latent, (_, _) => throw new NotSupportedException(
            "Latent reasoning needs a model's hidden states, which an endpoint does not send. "
            + "Remove such arms, or use a local model (--model)."));
    }

    public static Task CheckAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        OpenAICompatibleEndpoint.CheckAsync(
            services.GetRequiredService<IOptionsMonitor<OpenAICompatibleOptions>>().Get(ServiceKeys.Verbal), cancellationToken);
}
