using Bridge.Configuration;
using Bridge.Host.Composition;
using Bridge.Profiles;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Host.Doctor;

/// <summary>The file of models, and whether each configured model is there.</summary>
internal sealed class ModelsCheck : IDoctorCheck
{
    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        BridgeSettings settings = context.Settings;
        if (File.Exists(settings.ModelsFile) && ModelsFile.Read(settings.ModelsFile, context.Environment.Variable) is { Config: null } bad)
        {
            return [.. bad.Problems.Select(problem => new Finding(problem.Code, FindingLevel.Error, problem.Location, problem.Message, problem.Cure))];
        }

        if (!context.CanStart)
        {
            return [];
        }

        ServiceProvider services;
        try
        {
            services = new ServiceCollection().AddAll(settings, context.Environment, ServerChoice.Nothing).BuildServiceProvider();
        }
        catch (IOException)
        {
            return []; // the data folder's own check says what is wrong
        }

        await using (services)
        {
            return await SurveyAsync(services, settings.Options, cancellationToken);
        }
    }

    private static async Task<IReadOnlyList<Finding>> SurveyAsync(IServiceProvider services, BridgeOptions options, CancellationToken cancellationToken)
    {
        var survey = ActivatorUtilities.CreateInstance<ModelSurvey>(services, options);
        SurveyedModel[] callers = await survey.CallersAsync(cancellationToken);
        SurveyedModel responder = await survey.ResponderAsync(cancellationToken);
        return [.. callers.Select(caller => ToFinding("tool caller", caller)), ToFinding("responder", responder)];
    }

    private static Finding ToFinding(string role, SurveyedModel model) => model.Probe.Available
        ? new("model", FindingLevel.Ok, $"{role} {model.Name}", model.Probe.Detail)
        : new("model-unavailable", FindingLevel.Error, $"{role} {model.Name}", model.Probe.Detail, $"Correct it, or name another in {(model.Why == "the default" ? "Bridge:Callers" : model.Why)}.");
}
