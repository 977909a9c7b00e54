using Bridge.Calling;
using Bridge.Configuration;
using Bridge.Profiles;

namespace Bridge.Host.Composition;

/// <summary>Asks whether the configured models are there, without generating anything.</summary>
/// <param name="providers">Who serves models.</param>
/// <param name="options">Which are configured.</param>
internal sealed class ModelSurvey(IEnumerable<IModelProvider> providers, BridgeOptions options)
{
    private const string Default = "embedded";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly IModelProvider[] _providers = [.. providers];

    /// <summary>The cascade that is in force, with whether each is there.</summary>
    /// <param name="cancellationToken">Ends the questions.</param>
    /// <returns>The callers in order.</returns>
    public Task<SurveyedModel[]> CallersAsync(CancellationToken cancellationToken)
    {
        bool configured = options.Callers.Count > 0;
        IEnumerable<string> names = configured ? options.Callers : [Default];
        return Task.WhenAll(names.Select(name => AskAsync(name, configured ? "Bridge:Callers" : "the default", cancellationToken)));
    }

    /// <summary>The responder that is in force, with whether it is there.</summary>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <returns>The responder.</returns>
    public Task<SurveyedModel> ResponderAsync(CancellationToken cancellationToken) =>
        AskAsync(options.Responder, "Bridge:Responder", cancellationToken);

    private async Task<SurveyedModel> AskAsync(string text, string why, CancellationToken cancellationToken)
    {
        ModelName name;
        try
        {
            name = ModelName.Parse(text);
        }
        catch (FormatException error)
        {
            return new SurveyedModel(text, why, new ModelProbe(false, error.Message));
        }

        if (Array.Find(_providers, provider => provider.Serves(name.Provider)) is not { } found)
        {
            return new SurveyedModel(text, why, new ModelProbe(
                false, $"No provider '{name.Provider}' is known. Add it to models.json under 'providers', or correct the name."));
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            return new SurveyedModel(text, why, await found.ProbeAsync(name, patience.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SurveyedModel(text, why, new ModelProbe(false, $"'{name.Provider}' did not answer within {s_patience.TotalSeconds} seconds. Start it, or correct its address."));
        }
    }
}

/// <summary>A configured model and whether it is there.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Why">Where it was named.</param>
/// <param name="Probe">What its provider found.</param>
internal sealed record SurveyedModel(string Name, string Why, ModelProbe Probe);
