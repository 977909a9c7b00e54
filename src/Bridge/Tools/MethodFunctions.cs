using System.Reflection;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Tools;

/// <summary>Makes tools of .NET methods.</summary>
/// <remarks>
/// The schema is exported by <c>System.Text.Json.Schema</c> through <see cref="AIFunctionFactory"/>: descriptions, defaults, nullability,
/// enums as strings and the attributes of <c>System.ComponentModel.DataAnnotations</c> are in it. What the program itself supplies is not:
/// the call's token, and services.
/// </remarks>
internal static class MethodFunctions
{
    /// <summary>Makes a tool of a delegate.</summary>
    /// <param name="function">The delegate.</param>
    /// <param name="name">The tool's name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="services">The program's services; parameters of their types are supplied by the program.</param>
    public static AIFunction Create(Delegate function, string name, string description, IServiceProvider services)
    {
        var known = services.GetService<IServiceProviderIsService>();
        return AIFunctionFactory.Create(function, new AIFunctionFactoryOptions
        {
            Name = name,
            Description = description,
            ConfigureParameterBinding = parameter => IsService(parameter, known) ? Bind() : default,
            JsonSchemaCreateOptions = new AIJsonSchemaCreateOptions
            {
                // A misspelled argument would be dropped without a word.
                TransformOptions = new AIJsonSchemaTransformOptions { DisallowAdditionalProperties = true },
            },
        });
    }

    private static AIFunctionFactoryOptions.ParameterBindingOptions Bind() => new()
    {
        ExcludeFromSchema = true,
        BindParameter = static (parameter, arguments) => parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed
            ? ((IKeyedServiceProvider)Services(arguments)).GetRequiredKeyedService(parameter.ParameterType, keyed.Key)
            : Services(arguments).GetRequiredService(parameter.ParameterType),
    };

    private static IServiceProvider Services(AIFunctionArguments arguments) => arguments.Services
        ?? throw new InvalidOperationException("The function takes a service, but it is called without services.");

    // Every provider says it has lists of anything, even of strings.
    private static bool IsService(ParameterInfo parameter, IServiceProviderIsService? known) =>
        parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is not null
        || (known?.IsService(parameter.ParameterType) == true
            && !(parameter.ParameterType.IsGenericType && parameter.ParameterType.GetGenericTypeDefinition() == typeof(IEnumerable<>)));
}
