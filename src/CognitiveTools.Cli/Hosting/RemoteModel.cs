using CognitiveTools.Hosting;
using CognitiveTools.Latents;
using CognitiveTools.OpenAI.Endpoints;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Cli.Hosting;

/// <summary>A server's model as the one of a command.</summary>
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
                options.ApiKey = null; // only what the command line names is sent anywhere
                options.Retries = 0; // the harness repeats requests, and counts them
            },
            ServiceKeys.Verbal);
        services.AddKeyedSingleton<ILatentModel>(ServiceKeys.Latent, (_, _) => throw new NotSupportedException(
            "Latent reasoning needs a model's hidden states, which an endpoint does not hand out. Leave such arms out, or use a local model (--model)."));
    }

    public static Task CheckAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        OpenAICompatibleEndpoint.CheckAsync(services.GetRequiredService<IOptionsMonitor<OpenAICompatibleOptions>>().Get(ServiceKeys.Verbal), cancellationToken);
}
